import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { hasComposeServers } from '@jackalope/local-servers'
import { temporaryFolder } from '@jackalope/local-servers/testing'
import { projectAt } from '../../src/project.ts'
import { withComposeServers } from '../../src/system/compose-addresses.ts'
import { createTerminal } from '../../src/terminal.ts'

/** A project with a Compose file and no servers yet. */
async function setup(t: TestContext, env: Record<string, string>) {
  const root = await temporaryFolder(t)
  const project = projectAt(root)
  await mkdir(project.servers, { recursive: true })
  const stdout = new PassThrough()
  const terminal = createTerminal({ stdin: Readable.from(['']), stdout })
  const context = { project, terminal, env, cwd: root, signal: new AbortController().signal }
  return { project, context, told: () => String(stdout.read() ?? '') }
}

test('asks for no engine when every address is given, or JACKALOPE_SERVERS=local', async t => {
  const local = await setup(t, { JACKALOPE_SERVERS: 'local' })
  assert.equal(await withComposeServers(local.context), local.context)
  const given = { AMQP_URL: 'x', REDIS_URL: 'x', MYSQL_URL: 'x', BLOB_STORE: 'disk' }
  const { context, told } = await setup(t, given)
  assert.equal(await withComposeServers(context), context)
  assert.equal(told(), '')
})

test('leaves a project alone whose data are in servers that were started without Compose', async t => {
  const { context, project, told } = await setup(t, {})
  await mkdir(join(project.servers, 'redis'))
  await writeFile(join(project.servers, 'redis', 'server.json'), '{}')
  assert.equal(await withComposeServers(context), context)
  assert.equal(await hasComposeServers(project.servers), false)
  assert.equal(told(), '')
})

test('refuses a way that it does not know', async t => {
  const { context } = await setup(t, { JACKALOPE_SERVERS: 'podman' })
  await assert.rejects(
    withComposeServers(context),
    /JACKALOPE_SERVERS: expected compose or local, got "podman"/,
  )
})

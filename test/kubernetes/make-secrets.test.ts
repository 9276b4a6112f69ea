import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { temporaryFolder } from '../../packages/local-servers/src/testing/index.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
const script = 'k8s/overlays/local/make-secrets.sh'

test('each machine gets secrets of its own, and keeps them', async t => {
  const one = await makeSecrets(t)
  const other = await makeSecrets(t)
  assert.deepEqual(Object.keys(one.values), Object.keys(other.values))
  const all = [...Object.values(one.values), ...Object.values(other.values)]
  assert.equal(new Set(all).size, all.length, 'two secrets are equal')
  for (const [name, value] of Object.entries(one.values)) assert.match(value, /^[0-9a-f]{48}$/, name)

  await run(one.script)
  assert.deepEqual(await readSecrets(one.folder), one.values)
})

test('nobody else on the machine can read the secrets, and Git does not see them', async t => {
  const { folder } = await makeSecrets(t)
  for (const name of await readdir(folder))
    assert.equal((await stat(join(folder, name))).mode & 0o077, 0, name)
  // In a repository of its own, since the project may be unpacked without one.
  const clone = await temporaryFolder(t)
  await run('git', ['init', '--quiet', clone])
  await cp(join(root, '.gitignore'), join(clone, '.gitignore'))
  await run('git', ['check-ignore', '--quiet', 'k8s/overlays/local/secrets/tokens.env'], { cwd: clone })
})

async function makeSecrets(t: TestContext) {
  const dir = await temporaryFolder(t)
  const copy = join(dir, 'make-secrets.sh')
  await cp(join(root, script), copy)
  await run(copy)
  const folder = join(dir, 'secrets')
  return { script: copy, folder, values: await readSecrets(folder) }
}

/** All secrets, by file and key: `mysql.env password`. */
async function readSecrets(folder: string): Promise<Record<string, string>> {
  const secrets: Record<string, string> = {}
  for (const name of (await readdir(folder)).toSorted())
    for (const line of (await readFile(join(folder, name), 'utf8')).trim().split('\n')) {
      const [key = '', value = ''] = line.split('=', 2)
      secrets[`${name} ${key}`] = value
    }
  return secrets
}

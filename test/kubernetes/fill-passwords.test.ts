import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { temporaryFolder } from '../../packages/local-servers/src/testing/index.ts'
import { inventPasswords, readRights, rightsFolder } from '../support/rights.ts'

const run = promisify(execFile)
const base = join(import.meta.dirname, '../../k8s/base')

for (const server of ['rabbitmq', 'redis'] as const)
  test(`the pod of ${server} fills the passwords of its secret into its file of users`, async t => {
    const { command, file, folder } = await setup(t, server)
    const passwordOf = inventPasswords()
    const users = ['password', 'auth', 'gateway', 'converter', 'notifier', 'monitoring']
    for (const user of users) await writeFile(join(folder, 'passwords', user), passwordOf(user))
    const [program = '', ...args] = command
    await run(program, args)
    assert.equal(await readFile(join(folder, 'users', file), 'utf8'), await readRights(server, passwordOf))
  })

/** The command of the init container, with its folders below a temporary one; the file that the server's configuration
 *  names. */
async function setup(t: TestContext, server: 'rabbitmq' | 'redis') {
  const folder = await temporaryFolder(t)
  for (const name of ['passwords', 'users']) await mkdir(join(folder, name))
  const set = parse(await readFile(join(base, server, 'stateful-set.yaml'), 'utf8'))
  const { initContainers } = set.spec.template.spec
  const filling = initContainers.find(({ name }: { name: string }) => name === 'users')
  const configuration = await readFile(join(base, server, `${server}.conf`), 'utf8')
  const [, file = ''] = /^(?:load_definitions =|aclfile) \/run\/users\/(\S+)$/m.exec(configuration) ?? []
  const command: string[] = filling.command.map((text: string) =>
    text
      .replaceAll('/run/rights/', `'${rightsFolder}'/`)
      .replaceAll(/\/run\/(passwords|users)\//g, `"${folder}"/$1/`),
  )
  return { command, file, folder }
}

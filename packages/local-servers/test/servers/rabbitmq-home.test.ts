import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { makeRabbitmqHome } from '../../src/servers/rabbitmq-home.ts'
import { temporaryFolder } from '../../src/testing/index.ts'

const applications = {
  rabbit: '[kernel, stdlib,\n  rabbit_common, ra]',
  rabbit_common: '[kernel]',
  ra: "['kernel',aten]",
  aten: '[]',
  rabbitmq_management: '[rabbit,rabbitmq_web_dispatch]',
  rabbitmq_web_dispatch: '[rabbit, cowboy]',
  cowboy: '[]',
  rabbitmq_shovel: '[rabbit]',
}
const core = ['aten-1.2.0', 'ra-1.2.0', 'rabbit-1.2.0', 'rabbit_common-1.2.0']

test('a node gets the applications that it and its plugins need, and no other', async t => {
  const { folder, script } = await install(t)
  const home = join(folder, 'home')
  const place = { cwd: folder, name: 'home' }
  assert.deepEqual(await makeRabbitmqHome(place, script, []), { RABBITMQ_SCRIPTS_DIR: './home/sbin' })
  assert.deepEqual((await readdir(join(home, 'plugins'))).sort(), core)
  assert.equal(await readFile(join(home, 'sbin', 'rabbitmq-env'), 'utf8'), 'environment')

  await makeRabbitmqHome(place, script, ['rabbitmq_management'])
  assert.deepEqual((await readdir(join(home, 'plugins'))).sort(), [
    ...['aten-1.2.0', 'cowboy-1.2.0', 'ra-1.2.0', 'rabbit-1.2.0', 'rabbit_common-1.2.0'],
    ...['rabbitmq_management-1.2.0', 'rabbitmq_web_dispatch-1.2.0'],
  ])
})

test('a RabbitMQ that is laid out in another way is left as it is', async t => {
  const { folder, script, plugins } = await install(t)
  const place = { cwd: folder, name: 'home' }
  assert.deepEqual(await makeRabbitmqHome(place, script, ['rabbitmq_of_tomorrow']), {})
  await writeFile(join(plugins, 'rabbitmq_archive-1.2.0.ez'), '')
  assert.deepEqual(await makeRabbitmqHome(place, script, ['rabbitmq_archive']), {})
  const lone = join(folder, 'rabbitmq-server')
  await writeFile(lone, '')
  assert.deepEqual(await makeRabbitmqHome(place, lone, []), {})
  assert.deepEqual(await readdir(folder), ['bin', 'lib', 'rabbitmq-server'])
})

/** Scripts and applications, as a package of RabbitMQ installs them. */
async function install(t: TestContext) {
  const folder = await temporaryFolder(t)
  const [scripts, plugins] = [join(folder, 'lib', 'sbin'), join(folder, 'lib', 'plugins')]
  await mkdir(scripts, { recursive: true })
  await mkdir(join(folder, 'bin'))
  await writeFile(join(scripts, 'rabbitmq-server'), 'server')
  await writeFile(join(scripts, 'rabbitmq-env'), 'environment')
  for (const [name, needed] of Object.entries(applications)) {
    const ebin = join(plugins, `${name}-1.2.0`, 'ebin')
    await mkdir(ebin, { recursive: true })
    await writeFile(
      join(ebin, `${name}.app`),
      `{application, '${name}', [{vsn, "1.2.0"}, {modules, [${name}]}, {applications, ${needed}}]}.\n`,
    )
  }
  const script = join(folder, 'bin', 'rabbitmq-server')
  await symlink(join(scripts, 'rabbitmq-server'), script)
  return { folder, script, plugins }
}

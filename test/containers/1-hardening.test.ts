import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allSecrets, compose, docker, inside, project, serviceNames } from './compose.ts'

interface Inspection {
  Config: { User: string; Env: string[] }
  HostConfig: { ReadonlyRootfs: boolean; CapDrop: string[]; SecurityOpt: string[]; Privileged: boolean }
  NetworkSettings: { Ports: Record<string, { HostIp: string }[] | null>; Networks: Record<string, unknown> }
  State: { Health: { Status: string } }
  Mounts: { Type: string; Name?: string; Destination: string }[]
}

for (const name of serviceNames) {
  test(`${name} is healthy, is not root, and cannot write to its root file system`, async () => {
    const { Config, HostConfig, State } = await inspect(name)
    assert.equal(State.Health.Status, 'healthy')
    assert.match(Config.User, /^[1-9]\d*:[1-9]\d*$/)
    assert.equal(HostConfig.ReadonlyRootfs, true)
    assert.equal(HostConfig.Privileged, false)
    assert.deepEqual(HostConfig.CapDrop, ['ALL'])
    assert.ok(HostConfig.SecurityOpt.some(option => option.startsWith('no-new-privileges')))

    const status = await inside(name, 'cat', '/proc/1/status')
    assert.match(status, new RegExp(`^Uid:\\t${Config.User.split(':')[0]}\\t`, 'm'))
    assert.match(status, /^CapEff:\t0+$/m)
    assert.match(status, /^NoNewPrivs:\t1$/m)
    for (const path of ['/here', '/etc/here', '/usr/here'])
      await assert.rejects(inside(name, 'touch', path), /Read-only file system/)
  })
}

test('nothing is published beyond loopback', async () => {
  const published = await Promise.all(
    serviceNames.map(async name => {
      const { NetworkSettings } = await inspect(name)
      return Object.values(NetworkSettings.Ports).flatMap(ports => ports ?? [])
    }),
  )
  const addresses = published.flat().map(({ HostIp }) => HostIp)
  assert.deepEqual(addresses, ['127.0.0.1', '127.0.0.1'])
})

test('every volume has a name: docker compose down leaves no other behind', async () => {
  for (const name of ['secrets', ...serviceNames]) {
    const volumes = (await inspect(name)).Mounts.filter(({ Type }) => Type === 'volume')
    for (const { Name, Destination } of volumes)
      assert.ok(Name?.startsWith(`${project}_`), `${name} has a volume without a name at ${Destination}`)
  }
})

test('no secret is in the environment of a container, nor in a log', async () => {
  const secrets = await allSecrets()
  assert.equal(secrets.length, 22)
  const logs = await compose('logs', '--no-color')
  const environments = await Promise.all(
    serviceNames.map(async name => (await inspect(name)).Config.Env.join('\n')),
  )
  for (const text of [logs, ...environments]) for (const secret of secrets) assert.ok(!text.includes(secret))
})

test('a service sees no secrets but its own, and a converter has no way out', async () => {
  for (const service of ['auth', 'gateway', 'converter', 'notifier'])
    assert.equal(await inside(service, 'ls', '/run/secrets'), service)
  const { NetworkSettings } = await inspect('converter')
  const networks = Object.keys(NetworkSettings.Networks)
  assert.equal(networks.length, 1)
  assert.equal(await docker('network', 'inspect', '--format', '{{.Internal}}', ...networks), 'true')
})

test('Redis takes no client without a user, and a service may not flush it', async () => {
  await assert.rejects(inside('redis', 'redis-cli', '-e', 'ping'), /NOAUTH/)
  const url = await inside('converter', 'cat', '/run/secrets/converter/redis-url')
  const { username, password } = new URL(url)
  const asConverter = ['redis-cli', '-e', '--no-auth-warning', '--user', username, '--pass', password]
  assert.equal(await inside('redis', ...asConverter, 'ping'), 'PONG')
  await assert.rejects(inside('redis', ...asConverter, 'flushall'), /NOPERM/)
})

test('RabbitMQ knows the users of its file, and no guest', async () => {
  const list = await inside('rabbitmq', 'rabbitmqctl', '--quiet', 'list_users', '--formatter', 'json')
  const users: { user: string; tags: string[] }[] = JSON.parse(list)
  assert.deepEqual(users.map(({ user, tags }) => `${user} ${tags}`).sort(), [
    ...['auth ', 'converter ', 'gateway ', 'jackalope administrator', 'monitoring monitoring', 'notifier '],
  ])
})

/** Of a container that runs or, as `secrets`, has ended. */
async function inspect(service: string): Promise<Inspection> {
  const id = await compose('ps', '--all', '--quiet', service)
  return JSON.parse(await docker('inspect', id))[0]
}

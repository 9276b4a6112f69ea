import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { Redis } from 'ioredis'
import { requireProgram, serverEnvironment, startServer } from '../../packages/local-servers/src/index.ts'
import { onEnd, temporaryFolder } from '../../packages/local-servers/src/testing/index.ts'
import { inventPasswords, readRights } from '../support/rights.ts'

test('with the file of users Redis keeps what transactions and scripts wrote when it is killed, and lets no stranger in', async t => {
  const dir = await temporaryFolder(t)
  const passwordOf = inventPasswords()
  const users = join(dir, 'users.acl')
  await writeFile(users, await readRights('redis', passwordOf))
  const password = passwordOf('password')
  const connect = (port: number) => {
    const client = new Redis({ port, username: 'jackalope', password, retryStrategy: () => null })
    client.on('error', () => {})
    onEnd(t, () => client.disconnect())
    return client
  }
  const start = () =>
    startServer(
      {
        name: 'redis',
        title: 'Redis',
        readyWithinMs: 10_000,
        stopWithinMs: 10_000,
        commands: ({ ports }) => [
          {
            file: requireProgram('redis-server', 'redis-server'),
            args: [
              ...['--bind', '127.0.0.1', '--port', String(ports.main), '--dir', dir],
              ...['--appendonly', 'yes', '--appendfsync', 'always', '--aclfile', users],
            ],
            env: serverEnvironment(),
            cwd: dir,
          },
        ],
        check: async ({ ports }) => {
          const client = connect(ports.main)
          await client.ping().finally(() => client.disconnect())
        },
        url: () => 'redis://127.0.0.1',
      },
      { dir: join(dir, 'server') },
    )

  const server = await start()
  const client = connect(server.port)
  await client.multi().set('a', 1).set('b', 1).exec()
  await client.eval("redis.call('SET', 'c', 1) redis.call('SET', 'd', 1)", 0)
  await server.kill()
  const again = await start()
  onEnd(t, () => again.stop())
  assert.deepEqual((await connect(again.port).keys('*')).sort(), ['a', 'b', 'c', 'd'])

  for (const [attempt, refusal] of [
    [(redis: Redis) => redis.auth('default', ''), /WRONGPASS/],
    [(redis: Redis) => redis.get('a'), /NOAUTH/],
  ] as const) {
    const stranger = new Redis({ port: again.port, enableReadyCheck: false, retryStrategy: () => null })
    onEnd(t, () => stranger.disconnect())
    await once(stranger, 'connect')
    await assert.rejects(attempt(stranger), refusal)
  }
})

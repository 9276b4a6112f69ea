import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import {
  findFreePort,
  isPortFree,
  type LocalServer,
  requireProgram,
  serverEnvironment,
  startServer,
} from '@jackalope/local-servers'
import { onEnd, temporaryFolder } from '@jackalope/local-servers/testing'
import { Redis, type RedisOptions } from 'ioredis'
import type { Certificates } from './certificates.ts'

interface Kind {
  /** @default a free one */
  mainPort?: number
  /** Lines of its configuration, besides the port.
   *  @param password - that it should ask for */
  configure(password: string): string[]
  /** Instead of the line `port`. */
  port?(port: number): string[]
  args?: string[]
  tls?: RedisOptions['tls']
  /** Resolves when it can be used. */
  check?(client: Redis): Promise<unknown>
  protocol?: string
}

/** A Redis that speaks TLS alone. */
export function startTlsRedis(
  t: TestContext,
  { ca, caFile, certFile, keyFile }: Certificates,
): Promise<LocalServer> {
  return startKind(t, {
    port: port => ['port 0', `tls-port ${port}`],
    configure: password => [
      `requirepass ${password}`,
      `tls-ca-cert-file "${caFile}"`,
      `tls-cert-file "${certFile}"`,
      `tls-key-file "${keyFile}"`,
      'tls-auth-clients no',
    ],
    tls: { ca },
    protocol: 'rediss',
  })
}

/** A cluster of one node. */
export async function startRedisCluster(t: TestContext): Promise<LocalServer> {
  return startKind(t, {
    mainPort: await clusterPort(),
    configure: password => [
      `requirepass ${password}`,
      'cluster-enabled yes',
      'cluster-announce-ip 127.0.0.1',
    ],
    async check(client) {
      const slots = (await client.cluster('SLOTS')) as unknown[]
      if (slots.length === 0) await client.call('CLUSTER', 'ADDSLOTSRANGE', 0, 16_383)
      if (!/cluster_state:ok/.test(String(await client.cluster('INFO')))) throw new Error('not ready')
    },
  })
}

/** A Sentinel that knows a server by the name `main`. */
export function startSentinel(t: TestContext, master: LocalServer): Promise<LocalServer> {
  const { password } = new URL(master.url)
  return startKind(
    t,
    {
      args: ['--sentinel'],
      // The same password, as the command line has but one.
      configure: () => [
        `requirepass ${password}`,
        `sentinel monitor main 127.0.0.1 ${master.port} 1`,
        `sentinel auth-pass main ${password}`,
      ],
      check: client => client.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', 'main'),
    },
    password,
  )
}

/** A free port below another one that is free: the nodes of a cluster talk to each other 10,000 above. */
async function clusterPort(): Promise<number> {
  for (;;) {
    const port = await findFreePort()
    if (port < 55_000 && (await isPortFree(port + 10_000))) return port
  }
}

async function startKind(t: TestContext, kind: Kind, ownPassword?: string): Promise<LocalServer> {
  const dir = await temporaryFolder(t)
  const {
    configure,
    port = (main: number) => [`port ${main}`],
    args = [],
    tls,
    check,
    protocol = 'redis',
  } = kind
  const passwordOf = (password: string) => ownPassword ?? password
  const server = await startServer(
    {
      name: 'redis',
      title: 'Redis',
      readyWithinMs: 30_000,
      stopWithinMs: 15_000,
      prepare: ({ dir, ports, password }) =>
        writeFile(
          join(dir, 'redis.conf'),
          [
            'bind 127.0.0.1',
            `dir "${dir}"`,
            'save ""',
            ...port(ports.main),
            ...configure(passwordOf(password)),
          ].join('\n'),
          { mode: 0o600 },
        ),
      commands: ({ dir }) => [
        {
          file: requireProgram('redis-server', 'redis-server'),
          args: [join(dir, 'redis.conf'), ...args],
          env: serverEnvironment(),
          cwd: dir,
        },
      ],
      async check({ ports, password }) {
        const client = new Redis({
          ...{ host: '127.0.0.1', port: ports.main, password: passwordOf(password), tls },
          lazyConnect: true,
          retryStrategy: null,
        })
        client.on('error', () => undefined)
        try {
          await client.connect()
          await check?.(client)
        } finally {
          client.disconnect()
        }
      },
      url: ({ ports, password }) => `${protocol}://:${passwordOf(password)}@127.0.0.1:${ports.main}`,
    },
    { dir, port: kind.mainPort },
  )
  onEnd(t, () => server.kill())
  return server
}

import { join } from 'node:path'
import { Redis } from 'ioredis'
import { serverEnvironment } from '../process/environment.ts'
import { requireProgram } from '../programs/find-program.ts'
import {
  type LocalServer,
  type ServerPlace,
  type ServerRecipe,
  type StartOptions,
  startServer,
} from '../server.ts'
import { writePrivateFile } from '../server-record.ts'

/** When a write reaches the disk. `always`: before the answer; `everysec`: within a second; `none`: never. */
export type RedisPersistence = 'always' | 'everysec' | 'none'

export interface RedisOptions extends StartOptions {
  /** @default 'everysec' */
  persistence?: RedisPersistence
  /** Users beside the default one, who has all rights: arguments of `ACL SETUSER`, such as `ada on >secret ~a:* +@all`.
   *  @default none */
  users?: readonly string[]
}

type Settings = Required<Pick<RedisOptions, 'persistence' | 'users'>>

/** Redis with a password, without eviction, and with an append-only file. */
export function startRedis({
  persistence = 'everysec',
  users = [],
  ...options
}: RedisOptions): Promise<LocalServer> {
  return startServer(recipe({ persistence, users }), options)
}

function recipe(settings: Settings): ServerRecipe {
  return {
    name: 'redis',
    title: 'Redis',
    readyWithinMs: 30_000,
    stopWithinMs: 15_000,
    prepare: place => writePrivateFile(configurationFile(place), configuration(place, settings)),
    commands: place => [
      {
        file: requireProgram('redis-server', 'redis-server'),
        args: [configurationFile(place)],
        env: serverEnvironment(),
        cwd: place.dir,
      },
    ],
    check,
    url,
  }
}

async function check(place: ServerPlace): Promise<void> {
  const client = new Redis(url(place), {
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: 2_000,
    commandTimeout: 2_000,
  })
  // Without a listener ioredis prints the error with which `connect` rejects.
  client.on('error', () => {})
  try {
    await client.connect()
    // Redis answers LOADING until it has read the append-only file.
    await client.get('ready')
  } finally {
    client.disconnect()
  }
}

function url({ ports, password }: ServerPlace): string {
  return `redis://:${password}@127.0.0.1:${ports.main}`
}

function configurationFile({ dir }: ServerPlace): string {
  return join(dir, 'redis.conf')
}

// A file, since every user of the machine can read a process's arguments.
function configuration({ dir, ports, password }: ServerPlace, { persistence, users }: Settings): string {
  const appendOnly = persistence === 'none' ? 'appendonly no' : `appendonly yes\nappendfsync ${persistence}`
  return `bind 127.0.0.1
port ${ports.main}
requirepass ${password}
dir ${JSON.stringify(dir)}
${appendOnly}
save ""
maxmemory-policy noeviction
${users.map(user => `user ${user}\n`).join('')}`
}

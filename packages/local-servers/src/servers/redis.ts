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

/** Redis with a password, an append-only file synced every second, and no eviction. */
export function startRedis(options: StartOptions): Promise<LocalServer> {
  return startServer(redis, options)
}

const redis: ServerRecipe = {
  name: 'redis',
  title: 'Redis',
  readyWithinMs: 30_000,
  stopWithinMs: 15_000,
  prepare: place => writePrivateFile(configurationFile(place), configuration(place)),
  commands: place => [
    {
      file: requireProgram('redis-server', 'redis-server'),
      args: [configurationFile(place)],
      env: serverEnvironment(),
      cwd: place.dir,
    },
  ],
  async check(place) {
    const client = new Redis(url(place), {
      lazyConnect: true,
      retryStrategy: () => null,
      connectTimeout: 2_000,
    })
    // Without a listener the client prints what `connect` rejects with.
    client.on('error', () => {})
    try {
      await client.connect()
      // Answers LOADING until the append-only file has been read.
      await client.get('ready')
    } finally {
      client.disconnect()
    }
  },
  url,
}

function url({ ports, password }: ServerPlace): string {
  return `redis://:${password}@127.0.0.1:${ports.main}`
}

function configurationFile({ dir }: ServerPlace): string {
  return join(dir, 'redis.conf')
}

// A file, not arguments: those can be read by every user of the machine.
function configuration({ dir, ports, password }: ServerPlace): string {
  return `bind 127.0.0.1
port ${ports.main}
requirepass ${password}
dir ${JSON.stringify(dir)}
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
`
}

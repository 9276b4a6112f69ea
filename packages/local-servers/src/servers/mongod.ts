import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { serverEnvironment } from '../process/environment.ts'
import { requireProgram } from '../programs/find-program.ts'
import type { ServerRecipe } from '../server.ts'
import { checkMongodbUser, createMongodbUser, mongodbUrl } from './mongodb-user.ts'

const authenticationFailed = 18

/** MongoDB, one node. */
export const mongod: ServerRecipe = {
  name: 'mongodb',
  title: 'MongoDB',
  readyWithinMs: 60_000,
  stopWithinMs: 60_000,
  async prepare({ dir }) {
    await mkdir(join(dir, 'data-mongod'), { recursive: true })
  },
  commands: ({ dir, ports }) => [
    {
      file: requireProgram('mongod', 'mongodb-org-server'),
      args: [
        '--auth',
        ...['--bind_ip', '127.0.0.1', '--port', String(ports.main), '--nounixsocket'],
        ...['--dbpath', join(dir, 'data-mongod'), '--wiredTigerCacheSizeGB', '0.25'],
      ],
      env: serverEnvironment(),
      cwd: dir,
    },
  ],
  async check(place) {
    try {
      await checkMongodbUser(place)
    } catch (error) {
      if ((error as { code?: unknown }).code !== authenticationFailed) throw error
      // A new server lets any local client create the first user.
      await createMongodbUser(place)
      await checkMongodbUser(place)
    }
  },
  url: mongodbUrl,
}

import { readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { BlobStoreKind, BlobStorePlace } from '../../packages/blob-store/src/index.ts'
import { type Project, projectAt } from '../../packages/cli/src/project.ts'
import type { MailSetting } from '../../packages/cli/src/system/mail-setting.ts'
import { loadSecrets } from '../../packages/cli/src/system/secrets.ts'
import type { ServiceName } from '../../packages/cli/src/system/service-names.ts'
import { planServices } from '../../packages/cli/src/system/services.ts'
import {
  type LocalServer,
  startMariadb,
  startMongodb,
  startRabbitmq,
  startRedis,
  startServer,
  startSmtpCatcher,
} from '../../packages/local-servers/src/index.ts'
import { type CleanUpOwner, onEnd, temporaryFolder } from '../../packages/local-servers/src/testing/index.ts'
import { addressFor, type GuardedServer, grantRights, inventPasswords, redisUsers } from './rights.ts'

export type ServerName = 'rabbitmq' | 'redis' | 'mariadb' | 'blobs'

/** Stores of blobs on which the system is tested: both, or only `disk` if `BLOB_STORE` says that there is no MongoDB. */
export const testedStores: readonly BlobStoreKind[] =
  process.env.BLOB_STORE === 'disk' ? ['disk'] : ['gridfs', 'disk']

/** A server that a test can stop and start again. */
export type Stoppable = Pick<LocalServer, 'start' | 'stop'>

export interface TestSystem {
  gatewayUrl: string
  /** The store of videos and audio. */
  place: BlobStorePlace
  servers: Record<ServerName, Stoppable>
  services: Record<ServiceName, LocalServer>
  /** Addresses of servers, for their administrator. */
  urls: Record<GuardedServer, string>
  /** Address of MySQL, for auth's user. */
  databaseUrl: string
  /** Log files of servers. */
  logs: Record<GuardedServer, string>
  /** Starts one more converter. */
  addConverter(): Promise<LocalServer>
  /** Work folder of the converters. */
  workDir: string
  /** Folder of the caught mails. */
  mailDir: string
  /** All mails so far, with headers. */
  mails(): Promise<string[]>
}

/** Starts the whole system as `./jackalope up` does, with servers of its own in a temporary folder; stops it after
 *  the test, or all tests of the file. Each service has a user of its own at the servers, with the rights that it has in containers.
 *  @param store - the store of videos and audio
 *  @param mail - whether mails are sent, and addresses verified. @default on
 *  @param env - variables that are passed on to the services */
export async function startTestSystem(
  t: CleanUpOwner,
  store: BlobStoreKind,
  mail: MailSetting = 'on',
  env: Readonly<Record<string, string>> = {},
): Promise<TestSystem> {
  const dir = await temporaryFolder(t)
  const kept = async <S extends LocalServer>(starting: Promise<S>): Promise<S> => {
    const server = await starting
    onEnd(t, () => server.stop())
    return server
  }

  const passwordOf = inventPasswords()
  const [rabbitmq, redis, mariadb, mongodb, smtp] = await Promise.all([
    kept(startRabbitmq({ dir: join(dir, 'rabbitmq') })),
    kept(startRedis({ dir: join(dir, 'redis'), users: await redisUsers(passwordOf) })),
    kept(startMariadb({ dir: join(dir, 'mariadb') })),
    store === 'gridfs' ? kept(startMongodb({ dir: join(dir, 'mongodb') })) : undefined,
    kept(startSmtpCatcher({ dir: join(dir, 'smtp') })),
  ])
  await grantRights({ rabbitmq, mongodb }, passwordOf)
  const project: Project = {
    ...projectAt(),
    state: dir,
    services: join(dir, 'services'),
    blobs: join(dir, 'blobs'),
    logs: dir,
  }
  const surroundings = {
    project,
    addresses: {
      AMQP_URL: rabbitmq.url,
      REDIS_URL: redis.url,
      MYSQL_URL: mariadb.url,
      SMTP_URL: smtp.url,
      ...(mongodb && { MONGODB_URL: mongodb.url }),
    },
    addressesOf: (service: ServiceName) => ({
      AMQP_URL: addressFor(service, rabbitmq.url, passwordOf(service)),
      REDIS_URL: addressFor(service, redis.url, passwordOf(service)),
      MYSQL_URL: mariadb.url,
      SMTP_URL: smtp.url,
      ...(mongodb && { MONGODB_URL: addressFor(service, mongodb.url, passwordOf(service)) }),
    }),
    blobs: mongodb
      ? { BLOB_STORE: 'gridfs' as const }
      : { BLOB_STORE: 'disk' as const, BLOB_DIR: project.blobs },
    mail,
    secrets: (await loadSecrets(project)).secrets,
    env: { CONCURRENCY: '1', ...env },
  }
  const start = async (name: ServiceName, folder: Project) => {
    const service = (await planServices({ ...surroundings, project: folder })).find(
      plan => plan.name === name,
    )
    if (!service) throw new Error(`no service is named ${name}`)
    return kept(startServer(service.recipe, { dir: service.dir, port: service.port }))
  }

  const planned = await planServices(surroundings)
  const started = await Promise.all(
    planned.map(async ({ name, recipe, dir, port }) => {
      return [name, await kept(startServer(recipe, { dir, port }))] as const
    }),
  )
  const services = Object.fromEntries(started) as Record<ServiceName, LocalServer>
  let converters = 1
  return {
    gatewayUrl: services.gateway.url,
    place: mongodb ? { kind: 'gridfs', url: mongodb.url } : { kind: 'disk', dir: project.blobs },
    servers: { rabbitmq, redis, mariadb, blobs: mongodb ?? removableFolder(project.blobs) },
    services,
    urls: { rabbitmq: rabbitmq.url, redis: redis.url, mongodb: mongodb?.url ?? '' },
    databaseUrl: mariadb.url,
    logs: { rabbitmq: rabbitmq.logFile, redis: redis.logFile, mongodb: mongodb?.logFile ?? '' },
    workDir: join(dir, 'work'),
    mailDir: smtp.mailDir,
    async addConverter() {
      converters += 1
      return start('converter', { ...project, services: join(dir, `services-${converters}`) })
    },
    async mails() {
      const names = (await readdir(smtp.mailDir)).filter(name => name.endsWith('.eml')).sort()
      return Promise.all(names.map(name => readFile(join(smtp.mailDir, name), 'utf8')))
    },
  }
}

/** A folder that `stop` renames, as if its disk were unmounted, and `start` brings back. */
function removableFolder(path: string): Stoppable {
  const aside = `${path}-aside`
  return { stop: () => rename(path, aside), start: () => rename(aside, path) }
}

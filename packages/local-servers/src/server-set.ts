import { join } from 'node:path'
import type { LocalServer, StartOptions } from './server.ts'
import { startMariadb } from './servers/mariadb.ts'
import { startMongodb } from './servers/mongodb.ts'
import { startRabbitmq } from './servers/rabbitmq.ts'
import { startRedis } from './servers/redis.ts'
import { startSmtpCatcher } from './servers/smtp-catcher.ts'
import { stopServerSet } from './stop-server-set.ts'

/** Environment variables with the servers' addresses. */
export const addressNames = ['AMQP_URL', 'REDIS_URL', 'MYSQL_URL', 'MONGODB_URL', 'SMTP_URL'] as const
export type AddressName = (typeof addressNames)[number]
/** The servers' addresses. MongoDB's is missing when files are kept in a folder, the mail server's when no mail is sent. */
export type Addresses = Record<'AMQP_URL' | 'REDIS_URL' | 'MYSQL_URL', string> &
  Partial<Record<'MONGODB_URL' | 'SMTP_URL', string>>

export interface ServerSetOptions extends Omit<StartOptions, 'dir' | 'port'> {
  /** Folder that holds one folder for each server. */
  dir: string
  /** Addresses of servers that run already and are not started. An empty text counts as missing. */
  given?: Partial<Addresses>
  /** Servers that are not needed. @default none */
  without?: readonly AddressName[]
  /** Where SecantusDB's virtual environment is. @default the project's own */
  toolchainDir?: string
  /** Called when a server answers. */
  onReady?: (server: LocalServer, tookMs: number) => void
}

export interface ServerSet {
  /** Addresses of all servers, including the given ones. */
  addresses: Addresses
  /** The servers that were started here. */
  servers: LocalServer[]
  /** Folder of the caught mails; `undefined` when mails go to a given server. */
  mailDir?: string
  /** Stops the servers that were started here; their data stay. */
  stop(): Promise<void>
}

type Start = (options: StartOptions & { toolchainDir?: string }) => Promise<LocalServer>

const starts: Record<AddressName, { folder: string; start: Start }> = {
  AMQP_URL: { folder: 'rabbitmq', start: startRabbitmq },
  REDIS_URL: { folder: 'redis', start: startRedis },
  MYSQL_URL: { folder: 'mariadb', start: startMariadb },
  MONGODB_URL: { folder: 'mongodb', start: startMongodb },
  SMTP_URL: { folder: 'smtp-catcher', start: startSmtpCatcher },
}

/** Folder of one server below the folder of a set. */
export function serverDir(dir: string, name: AddressName): string {
  return join(dir, starts[name].folder)
}

/** Names of the servers that are needed and not given. */
export function missingAddresses(
  given: Partial<Addresses> = {},
  without: readonly AddressName[] = [],
): AddressName[] {
  return addressNames.filter(name => !given[name] && !without.includes(name))
}

/** Starts all servers that are not given, concurrently. If one fails, the others are stopped and its error is thrown.
 *  @throws {LocalServerError} */
export async function startServerSet(options: ServerSetOptions): Promise<ServerSet> {
  const { dir, given = {}, without = [], onReady, ...startOptions } = options
  const missing = missingAddresses(given, without)
  const attempts = await Promise.allSettled(
    missing.map(async name => {
      const { folder, start } = starts[name]
      const began = performance.now()
      const server = await start({ ...startOptions, dir: join(dir, folder) })
      onReady?.(server, performance.now() - began)
      return [name, server] as const
    }),
  )
  const failure = attempts.find(attempt => attempt.status === 'rejected')
  if (failure) {
    await stopServerSet(dir)
    throw failure.reason
  }
  const started = attempts.flatMap(attempt => (attempt.status === 'fulfilled' ? [attempt.value] : []))
  const urls = Object.fromEntries(started.map(([name, server]) => [name, server.url]))
  const catcher = started.find(([name]) => name === 'SMTP_URL')?.[1]
  return {
    addresses: { ...given, ...urls } as Addresses,
    servers: started.map(([, server]) => server),
    mailDir: catcher && 'mailDir' in catcher ? String(catcher.mailDir) : undefined,
    stop: () => stopServerSet(dir),
  }
}

import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import {
  type LocalServer,
  type RabbitmqServer,
  writePrivateFile,
} from '../../packages/local-servers/src/index.ts'

/** Servers whose users have rights of their own; MySQL has one user, auth's. */
export const guardedServers = ['rabbitmq', 'redis', 'mongodb'] as const
export type GuardedServer = (typeof guardedServers)[number]

const files: Record<GuardedServer, string> = {
  rabbitmq: 'rabbitmq.json',
  redis: 'redis.acl',
  mongodb: 'mongodb.json',
}

/** Folder of the files that say what each user may do, with `@user@` in place of passwords. */
export const rightsFolder = join(import.meta.dirname, '../../k8s/base/rights')

/** The text of a server's file, with passwords.
 *  @param passwordOf - a user's password; `password` is that of the administrator `jackalope` */
export async function readRights(
  server: GuardedServer,
  passwordOf: (user: string) => string,
): Promise<string> {
  const text = await readFile(join(rightsFolder, files[server]), 'utf8')
  return text.replaceAll(/@([a-z]+)@/g, (_, user: string) => passwordOf(user)).replaceAll(/^#.*\n/gm, '')
}

/** Lines of Redis' users, as arguments of `ACL SETUSER`; those of the default user are left out. */
export async function redisUsers(passwordOf: (user: string) => string): Promise<string[]> {
  const lines = (await readRights('redis', passwordOf)).trim().split('\n')
  return lines.map(line => line.replace(/^user /, '')).filter(line => !line.startsWith('default '))
}

/** New passwords, one for each user. */
export function inventPasswords(): (user: string) => string {
  const passwords = new Map<string, string>()
  return user => {
    const known = passwords.get(user) ?? randomBytes(18).toString('hex')
    passwords.set(user, known)
    return known
  }
}

/** The address of a server, for another user. */
export function addressFor(user: string, url: string, password: string): string {
  return url.replace(/\/\/[^@]*@/, `//${user}:${password}@`)
}

/** Creates the users of running servers. Those of Redis are part of its configuration: see `redisUsers`. */
export async function grantRights(
  { rabbitmq, mongodb }: { rabbitmq: RabbitmqServer; mongodb?: LocalServer | undefined },
  passwordOf: (user: string) => string,
): Promise<void> {
  const definitions = join(rabbitmq.dir, 'definitions.json')
  // The administrator keeps the password that the server was started with.
  const of = (server: LocalServer) => (user: string) =>
    user === 'password' ? new URL(server.url).password : passwordOf(user)
  await writePrivateFile(definitions, await readRights('rabbitmq', of(rabbitmq)))
  await rabbitmq.control('import_definitions', definitions)
  if (!mongodb) return
  const commands: object[] = JSON.parse(await readRights('mongodb', of(mongodb)))
  const client = await MongoClient.connect(mongodb.url)
  try {
    for (const command of commands) await client.db('admin').command(command)
  } finally {
    await client.close()
  }
}

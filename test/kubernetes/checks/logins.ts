import { environmentOf } from './environment.ts'
import { findManifest, type Manifest, type Workload } from './manifest.ts'

/** A user of a server. */
interface User {
  password: string
  /** Whether it may do everything. */
  isAdministrator: boolean
}

/** How each server is told its users: by files of rights, or for MySQL by its image's variables. */
const readers: Readonly<Record<string, (text: string) => Map<string, User>>> = {
  'rabbitmq.json': readDefinitions,
  'redis.acl': readAcl,
  'mongodb.json': readCommands,
}

/** Reports a service that logs in as somebody else, as an administrator, or with a password that the server does not
 *  know. */
export function loginFaults(
  from: Workload,
  to: Workload,
  url: URL,
  manifests: readonly Manifest[],
): string[] {
  const isMysql = url.protocol === 'mysql:'
  const users = isMysql ? mysqlUsers(to, url, manifests) : usersOf(to, manifests)
  if (!users) return []
  const expected = isMysql ? 'jackalope' : from.name
  if (url.username !== expected) return [`logs in to ${to.title} as "${url.username}", not as ${expected}`]
  const user = users.get(url.username)
  if (!user) return [`${to.title} knows no user ${url.username}`]
  const faults = []
  if (!url.password || user.password !== url.password) faults.push(`${to.title} has another password`)
  if (user.isAdministrator) faults.push(`may do everything at ${to.title}`)
  return faults
}

/** `undefined` for pods that have no file of rights. */
function usersOf({ pod }: Workload, manifests: readonly Manifest[]): Map<string, User> | undefined {
  const volumes = pod.volumes ?? []
  const files = volumes.flatMap(({ configMap }) =>
    Object.entries(findManifest(manifests, 'ConfigMap', configMap?.name ?? '')?.data ?? {}),
  )
  const [name = '', text = ''] = files.find(([name]) => name in readers) ?? []
  const passwords: Record<string, string> = {}
  for (const { secret } of volumes) {
    const { data = {}, stringData = {} } = findManifest(manifests, 'Secret', secret?.secretName ?? '') ?? {}
    for (const [key, value] of Object.entries(data)) passwords[key] = Buffer.from(value, 'base64').toString()
    Object.assign(passwords, stringData)
  }
  return readers[name]?.(text.replaceAll(/@(\w+)@/g, (mark, key) => passwords[key] ?? mark))
}

function readDefinitions(text: string): Map<string, User> {
  const { users, permissions }: Definitions = JSON.parse(text)
  return new Map(
    users.map(({ name, password, tags }) => {
      const mayAll = permissions.some(({ user, configure }) => user === name && /^\.\*$/.test(configure))
      return [name, { password, isAdministrator: mayAll || tags.includes('administrator') }]
    }),
  )
}

interface Definitions {
  users: { name: string; password: string; tags: string[] }[]
  permissions: { user: string; configure: string }[]
}

function readAcl(text: string): Map<string, User> {
  return new Map(
    [...text.matchAll(/^user (\S+) on >(\S+) (.*)$/gm)].map(([, name = '', password = '', rules = '']) => [
      name,
      { password, isAdministrator: /(^| )(\+@all|allcommands|~\*|allkeys)( |$)/.test(rules) },
    ]),
  )
}

interface MongodbCommand {
  createUser?: string
  pwd: string
  roles: (string | { role: string })[]
}

function readCommands(text: string): Map<string, User> {
  const commands: MongodbCommand[] = JSON.parse(text)
  const strong = /^(root|.*AnyDatabase|.*Admin|dbOwner|__system)$/
  return new Map(
    commands.flatMap(({ createUser, pwd, roles }) =>
      createUser
        ? [
            [
              createUser,
              {
                password: pwd,
                isAdministrator: roles.some(role => strong.test(typeof role === 'string' ? role : role.role)),
              },
            ] as const,
          ]
        : [],
    ),
  )
}

function mysqlUsers(to: Workload, url: URL, manifests: readonly Manifest[]): Map<string, User> | undefined {
  const server = to.pod.containers.find(({ image }) => image?.startsWith('mysql:'))
  if (!server) return undefined
  const { values } = environmentOf(server, manifests)
  const { MYSQL_USER = '', MYSQL_PASSWORD = '', MYSQL_DATABASE, MYSQL_ROOT_HOST } = values
  // The image gives this user its own database and no other; root has all.
  const isAdministrator = MYSQL_ROOT_HOST !== 'localhost' || MYSQL_DATABASE !== url.pathname.slice(1)
  return new Map([[MYSQL_USER, { password: MYSQL_PASSWORD, isAdministrator }]])
}

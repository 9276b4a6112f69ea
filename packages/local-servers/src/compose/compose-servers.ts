import { setTimeout as delay } from 'node:timers/promises'
import { findFreePort, isPortFree } from '../free-port.ts'
import { probeServer } from '../probe/probe-server.ts'
import type { Addresses } from '../server-set.ts'
import {
  type ComposeRecord,
  compose,
  composeProject,
  readComposeRecord,
  stopComposeServers,
  writeComposeOverride,
  writeComposeRecord,
} from './compose-project.ts'
import { docker } from './docker.ts'

/** Names of the addresses of servers that `compose.yaml` has. */
export type ComposeAddressName = Exclude<keyof Addresses, 'SMTP_URL'>

interface ComposeServer {
  /** Name of its service. */
  service: string
  port: number
  /** File with an address, below `/run/secrets`: the administrator's, or that of MySQL's user. */
  address: string
}

const servers: Record<ComposeAddressName, ComposeServer> = {
  AMQP_URL: { service: 'rabbitmq', port: 5672, address: 'operator/amqp-url' },
  REDIS_URL: { service: 'redis', port: 6379, address: 'operator/redis-url' },
  MYSQL_URL: { service: 'mysql', port: 3306, address: 'auth/mysql-url' },
  MONGODB_URL: { service: 'mongodb', port: 27017, address: 'operator/mongodb-url' },
}

export const composeAddressNames = Object.keys(servers) as ComposeAddressName[]

export interface ComposeOptions {
  /** Path of `compose.yaml`. */
  file: string
  /** Folder of this set of servers. It holds the record; the Compose project's name derives from its path. */
  dir: string
  names: readonly ComposeAddressName[]
  /** Called before each long step. */
  onStep: (text: string) => void
  signal?: AbortSignal
}

const minuteMs = 60_000
const readyWithinMs = 4 * minuteMs

/** Starts servers of `compose.yaml` on free ports of loopback, with generated passwords; gives their addresses. A
 *  server that runs already is not restarted.
 *  @throws {Error} when an image cannot be pulled or a server does not start; nothing is left running */
export async function startComposeServers(options: ComposeOptions): Promise<Partial<Addresses>> {
  const { file, dir, names, signal, onStep } = options
  const services = names.map(name => servers[name].service)
  const record = await chooseRecord(file, dir)
  await ensureImages(record, dir, ['secrets', ...services], options)
  // From here on there may be containers and data: the record lets `down` find them.
  await writeComposeRecord(dir, record)
  onStep('Starting servers by Docker Compose')
  try {
    await compose(record, dir, ['up', '--detach', '--no-build', ...services], {
      withinMs: 5 * minuteMs,
      signal,
    })
    const urls = await readUrls(record, dir, names, signal)
    const entries = await Promise.all(
      names.map(async (name, i) => [
        name,
        await untilReady(name, toLocalUrl(urls[i] ?? '', record, servers[name]), signal),
      ]),
    )
    if (names.includes('MYSQL_URL')) await allowDatabases(record, dir, signal)
    return Object.fromEntries(entries)
  } catch (error) {
    await stopComposeServers(dir)
    throw error
  }
}

async function ensureImages(
  record: ComposeRecord,
  dir: string,
  services: string[],
  { onStep, signal }: ComposeOptions,
): Promise<void> {
  const listed = await compose(record, dir, ['config', '--images', ...services], { withinMs: 30_000, signal })
  const images = [...new Set(listed.split('\n').filter(Boolean))]
  const missing: string[] = []
  for (const image of images)
    await docker(['image', 'inspect', image], { withinMs: 10_000, signal }).catch(() => missing.push(image))
  signal?.throwIfAborted()
  const [first] = missing
  if (first === undefined) return
  // A pull tries for minutes to reach a registry that is away; this request fails at once.
  await docker(['manifest', 'inspect', first], { withinMs: 10_000, signal })
  onStep(`Pulling images: ${missing.join(', ')}`)
  await compose(record, dir, ['pull', '--quiet', ...services], { withinMs: 20 * minuteMs, signal })
}

/** The address of each service with user and password, valid inside the project. `generate-secrets.sh` wrote them. */
async function readUrls(
  record: ComposeRecord,
  dir: string,
  names: readonly ComposeAddressName[],
  signal?: AbortSignal,
): Promise<string[]> {
  const script = names.map(name => `cat /run/secrets/${servers[name].address}; echo`).join('; ')
  const args = ['run', '--rm', '--no-deps', '-T', '--entrypoint', 'sh', 'secrets', '-c', script]
  return (await compose(record, dir, args, { withinMs: minuteMs, signal })).trim().split('\n')
}

function toLocalUrl(inside: string, { ports }: ComposeRecord, { service }: ComposeServer): string {
  const url = new URL(inside)
  url.hostname = '127.0.0.1'
  url.port = String(ports[service])
  // Otherwise the driver connects to the server's name in the replica set, which is unknown outside.
  if (service === 'mongodb') url.searchParams.set('directConnection', 'true')
  return url.href
}

async function untilReady(name: ComposeAddressName, url: string, signal?: AbortSignal): Promise<string> {
  const deadline = performance.now() + readyWithinMs
  for (;;) {
    signal?.throwIfAborted()
    const failure = await probeServer(name, url).then(
      () => undefined,
      (error: Error) => error,
    )
    if (!failure) return url
    if (performance.now() > deadline)
      throw new Error(
        `${servers[name].service} did not answer within ${readyWithinMs / 1_000} s: ${failure.message}`,
      )
    await delay(500, undefined, { signal })
  }
}

/** Lets the user create databases, as on servers that are started without Compose: tests need it. */
async function allowDatabases(record: ComposeRecord, dir: string, signal?: AbortSignal): Promise<void> {
  const grant = `GRANT ALL PRIVILEGES ON *.* TO 'jackalope'@'%'`
  const script = `MYSQL_PWD=$(cat /run/secrets/mysql/root-password) mysql --user=root --execute="${grant}"`
  await compose(record, dir, ['exec', '-T', 'mysql', 'sh', '-c', script], { withinMs: minuteMs, signal })
}

/** Keeps the ports of the last start, unless another program listens on them now. */
async function chooseRecord(file: string, dir: string): Promise<ComposeRecord> {
  const before = await readComposeRecord(dir)
  const project = composeProject(dir)
  const isUp =
    before !== undefined &&
    (
      await docker(['ps', '--quiet', '--filter', `label=com.docker.compose.project=${project}`], {
        withinMs: 10_000,
      })
    ).trim() !== ''
  const ports: Record<string, number> = {}
  for (const role of ['management', ...Object.values(servers).map(({ service }) => service)]) {
    const port = before?.ports[role]
    ports[role] = port !== undefined && (isUp || (await isPortFree(port))) ? port : await findFreePort()
  }
  const record = { project, file, ports }
  await writeComposeOverride(dir, override(record))
  return record
}

/** Publishes the servers' ports. The internal network publishes none, so each server joins the other network too. */
function override({ ports }: ComposeRecord): object {
  const services = Object.values(servers).map(({ service, port }) => [
    service,
    { restart: 'no', networks: ['outside'], ports: [`127.0.0.1:${ports[service]}:${port}`] },
  ])
  return { services: Object.fromEntries(services) }
}

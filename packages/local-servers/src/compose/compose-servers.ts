import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { LocalServerError } from '../errors.ts'
import { findFreePort, isPortFree } from '../free-port.ts'
import { probeServer } from '../probe/probe-server.ts'
import { writePrivateFile } from '../server-record.ts'
import type { Addresses } from '../server-set.ts'
import { docker } from './docker.ts'

/** The addresses that `compose.yaml` can give. */
export type ComposeAddressName = Exclude<keyof Addresses, 'SMTP_URL'>

interface ComposeServer {
  /** Name of its service, and of its folder in the volumes of secrets. */
  service: string
  port: number
}

const servers: Record<ComposeAddressName, ComposeServer> = {
  AMQP_URL: { service: 'rabbitmq', port: 5672 },
  REDIS_URL: { service: 'redis', port: 6379 },
  MYSQL_URL: { service: 'mysql', port: 3306 },
  MONGODB_URL: { service: 'mongodb', port: 27017 },
}

export const composeAddressNames = Object.keys(servers) as ComposeAddressName[]

export interface ComposeOptions {
  /** Path of `compose.yaml`. */
  file: string
  /** Folder of this set of servers; it gives the Compose project its name, and keeps the record. */
  dir: string
  names: readonly ComposeAddressName[]
  /** Told about each long step. */
  onStep: (text: string) => void
  signal?: AbortSignal
}

interface ComposeRecord {
  project: string
  file: string
  /** By name of the service; `management` is the broker's page. */
  ports: Record<string, number>
}

const minuteMs = 60_000
const readyWithinMs = 4 * minuteMs

/** Starts servers out of `compose.yaml`, with the passwords that it generates, on free ports of loopback; gives their
 *  addresses. What runs already stays as it is.
 *  @throws {Error} when images are missing and cannot be pulled, or a server does not start; nothing is left running */
export async function startComposeServers(options: ComposeOptions): Promise<Partial<Addresses>> {
  const { file, dir, names, signal, onStep } = options
  const services = names.map(name => servers[name].service)
  const record = await chooseRecord(file, dir)
  await ensureImages(record, dir, ['secrets', ...services], options)
  // From here on there may be containers, and data.
  await writePrivateFile(recordFile(dir), `${JSON.stringify(record, null, 2)}\n`)
  onStep('Starting servers by Docker Compose')
  try {
    await compose(record, dir, ['up', '--detach', '--no-build', ...services], {
      withinMs: 5 * minuteMs,
      signal,
    })
    const urls = await readUrls(record, dir, services, signal)
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

/** Stops what was started for that folder; the data stay, unless they are to be erased. Without effect when it was
 *  nothing.
 *  @throws {LocalServerError} `ERR_STOP_FAILED` */
export async function stopComposeServers(dir: string, { erase = false } = {}): Promise<void> {
  const record = await readComposeRecord(dir)
  if (!record) return
  try {
    await compose(record, dir, ['down', ...(erase ? ['--volumes'] : [])], { withinMs: 5 * minuteMs })
  } catch (cause) {
    throw new LocalServerError(
      'ERR_STOP_FAILED',
      `The containers of ${record.project} could not be stopped: ${(cause as Error).message}`,
      { cause },
    )
  }
}

/** Whether servers were started by Compose for that folder; their data are there. */
export async function hasComposeServers(dir: string): Promise<boolean> {
  return (await readComposeRecord(dir)) !== undefined
}

async function compose(
  { project, file, ports }: ComposeRecord,
  dir: string,
  args: string[],
  options: { withinMs: number; signal?: AbortSignal | undefined },
): Promise<string> {
  const files = ['--file', file, '--file', overrideFile(dir)]
  const place = ['--project-name', project, '--project-directory', dirname(file)]
  const env = { MANAGEMENT_PORT: String(ports.management) }
  return await docker(['compose', ...place, ...files, ...args], { ...options, env })
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
  // A pull may try for minutes to reach a registry that is not there; this says so at once.
  await docker(['manifest', 'inspect', first], { withinMs: 10_000, signal })
  onStep(`Pulling images: ${missing.join(', ')}`)
  await compose(record, dir, ['pull', '--quiet', ...services], { withinMs: 20 * minuteMs, signal })
}

/** What `generate-secrets.sh` wrote for each service: an address with user and password, as seen from inside. */
async function readUrls(
  record: ComposeRecord,
  dir: string,
  services: string[],
  signal?: AbortSignal,
): Promise<string[]> {
  const script = services.map(service => `cat /run/secrets/${service}/url; echo`).join('; ')
  const args = ['run', '--rm', '--no-deps', '-T', '--entrypoint', 'sh', 'secrets', '-c', script]
  return (await compose(record, dir, args, { withinMs: minuteMs, signal })).trim().split('\n')
}

function toLocalUrl(inside: string, { ports }: ComposeRecord, { service }: ComposeServer): string {
  const url = new URL(inside)
  url.hostname = '127.0.0.1'
  url.port = String(ports[service])
  // Else a driver asks the server for its name in a replica set, and goes there.
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

// As with the servers that are started without Compose: tests make databases of their own.
async function allowDatabases(record: ComposeRecord, dir: string, signal?: AbortSignal): Promise<void> {
  const grant = `GRANT ALL PRIVILEGES ON *.* TO 'jackalope'@'%'`
  const script = `MYSQL_PWD=$(cat /run/secrets/mysql/root-password) mysql --user=root --execute="${grant}"`
  await compose(record, dir, ['exec', '-T', 'mysql', 'sh', '-c', script], { withinMs: minuteMs, signal })
}

/** The ports of last time, where nobody else has them by now. */
async function chooseRecord(file: string, dir: string): Promise<ComposeRecord> {
  const before = await readComposeRecord(dir)
  const project = `jackalope-${createHash('sha256').update(dir).digest('hex').slice(0, 12)}`
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
  await mkdir(join(dir, 'compose'), { recursive: true, mode: 0o700 })
  await writePrivateFile(overrideFile(dir), override(record))
  return record
}

// JSON is YAML. The network without a way out publishes no ports, so each server is in the other one, too.
function override({ ports }: ComposeRecord): string {
  const services = Object.values(servers).map(({ service, port }) => [
    service,
    { restart: 'no', networks: ['outside'], ports: [`127.0.0.1:${ports[service]}:${port}`] },
  ])
  return `${JSON.stringify({ services: Object.fromEntries(services) }, null, 2)}\n`
}

async function readComposeRecord(dir: string): Promise<ComposeRecord | undefined> {
  try {
    return JSON.parse(await readFile(recordFile(dir), 'utf8')) as ComposeRecord
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function recordFile(dir: string): string {
  return join(dir, 'compose', 'record.json')
}

function overrideFile(dir: string): string {
  return join(dir, 'compose', 'override.yaml')
}

import { join } from 'node:path'
import {
  type Addresses,
  chooseMainPort,
  type ServerRecipe,
  serverEnvironment,
} from '@jackalope/local-servers'
import type { Project } from '../project.ts'
import type { BlobVariables } from './blob-variables.ts'
import type { MailSetting } from './mail-setting.ts'
import type { Secrets } from './secrets.ts'
import { type ServiceName, serviceDir, serviceNames } from './service-names.ts'

const titles: Record<ServiceName, string> = {
  gateway: 'Gateway',
  converter: 'Converter',
  notifier: 'Notifier',
  auth: 'Auth',
}

/** Variables of `./jackalope` that are passed to the services. */
const passedOn = [
  ...[
    'LOG_LEVEL',
    'ACCESS_TOKEN_TTL_SECONDS',
    'MAX_UPLOAD_BYTES',
    'MAX_AUDIO_SECONDS',
    'MAX_AUDIO_BYTES',
    'CONCURRENCY',
  ],
  ...['WORK_DIR', 'FFMPEG_PATH', 'FFPROBE_PATH', 'MAIL_FROM', 'PUBLIC_URL', 'CORS_ORIGINS'],
  ...['BREACHED_PASSWORDS_URL', 'TRUSTED_PROXIES', 'RATE_LIMITS'],
  ...['WEBHOOK_ALLOWED_NETWORKS', 'WEBHOOK_DISABLE_AFTER_HOURS', 'NODE_EXTRA_CA_CERTS'],
  ...['MAX_UPLOADS', 'MAX_UPLOADS_PER_USER', 'MIN_UPLOAD_BYTES_PER_SECOND'],
  ...['MAX_STORED_BYTES_PER_USER', 'MAX_OPEN_JOBS_PER_USER', 'MAX_STORED_BYTES', 'MIN_FREE_BYTES'],
  ...[
    'GUESTS',
    'GUEST_KEPT_SECONDS',
    'GUEST_MAX_UPLOAD_BYTES',
    'GUEST_MAX_STORED_BYTES',
    'GUEST_MAX_OPEN_JOBS',
  ],
  ...['SOURCE_RETENTION_SECONDS', 'AUDIO_RETENTION_SECONDS', 'JOB_RETENTION_SECONDS'],
  ...['UPKEEP_INTERVAL_SECONDS', 'ORPHAN_GRACE_SECONDS', 'PATIENCE_HOURS'],
]

export interface ServiceSurroundings {
  project: Project
  addresses: Addresses
  /** Addresses of the servers for one service, where each has users of its own. @default `addresses` for all */
  addressesOf?: (service: ServiceName) => Addresses
  blobs: BlobVariables
  mail: MailSetting
  secrets: Secrets
  env: Record<string, string | undefined>
}

export interface Service {
  name: ServiceName
  recipe: ServerRecipe
  dir: string
  port: number
}

/** Chooses all ports, since the services must know each other's addresses, and gives the services to start. */
export async function planServices(surroundings: ServiceSurroundings): Promise<Service[]> {
  const { project } = surroundings
  const places = await Promise.all(
    serviceNames.map(async name => {
      const dir = serviceDir(project, name)
      return { name, dir, port: await chooseMainPort(dir) }
    }),
  )
  const ports = Object.fromEntries(places.map(({ name, port }) => [name, port])) as Record<
    ServiceName,
    number
  >
  return places.map(place => ({ ...place, recipe: serviceRecipe(place.name, ports, surroundings) }))
}

function serviceRecipe(
  name: ServiceName,
  ports: Record<ServiceName, number>,
  surroundings: ServiceSurroundings,
): ServerRecipe {
  const { project, env, addresses, addressesOf } = surroundings
  const main = join(project.root, 'packages', name, 'src', 'main.ts')
  const passed = passedOn.flatMap(key => (env[key] ? [[key, env[key]]] : []))
  const variables = {
    HOST: '127.0.0.1',
    PORT: String(ports[name]),
    ...settings(name, ports, { ...surroundings, addresses: addressesOf?.(name) ?? addresses }),
    ...Object.fromEntries(passed),
  }
  return {
    name,
    title: titles[name],
    readyWithinMs: 60_000,
    stopWithinMs: 30_000,
    commands: ({ dir }) => [
      { file: process.execPath, args: [main], env: serverEnvironment(variables), cwd: dir },
    ],
    check: () => checkReady(ports[name]),
    url: () => serviceUrl(ports[name]),
  }
}

function settings(
  name: ServiceName,
  ports: Record<ServiceName, number>,
  { project, addresses, blobs, mail, secrets }: ServiceSurroundings,
): Record<string, string> {
  const { AMQP_URL, REDIS_URL, MYSQL_URL, SMTP_URL = '' } = addresses
  const { JWT_SECRET, SERVICE_TOKEN, LINK_SECRET } = secrets
  const AUTH_URL = serviceUrl(ports.auth)
  const PUBLIC_URL = serviceUrl(ports.gateway)
  const stores = { ...blobs, ...(addresses.MONGODB_URL && { MONGODB_URL: addresses.MONGODB_URL }) }
  switch (name) {
    case 'auth':
      return {
        ...{ MYSQL_URL, REDIS_URL, AMQP_URL, JWT_SECRET, SERVICE_TOKEN },
        ...(mail === 'off' && { MAIL: 'off' }),
      }
    case 'gateway':
      return {
        ...{ AUTH_URL, JWT_SECRET, SERVICE_TOKEN, LINK_SECRET, AMQP_URL, REDIS_URL, PUBLIC_URL },
        ...stores,
      }
    case 'converter':
      return { AMQP_URL, REDIS_URL, ...stores, WORK_DIR: join(project.state, 'work') }
    case 'notifier':
      return {
        ...{ AMQP_URL, REDIS_URL, AUTH_URL, SERVICE_TOKEN, LINK_SECRET, PUBLIC_URL },
        ...(mail === 'off' ? { MAIL: 'off' } : { SMTP_URL, MAIL_FROM: 'Jackalope <jackalope@localhost>' }),
      }
  }
}

function serviceUrl(port: number): string {
  return `http://127.0.0.1:${port}`
}

async function checkReady(port: number): Promise<void> {
  const response = await fetch(`${serviceUrl(port)}/readyz`, { signal: AbortSignal.timeout(5_000) })
  if (!response.ok)
    throw new Error(`/readyz answers ${response.status}: ${(await response.text()).slice(0, 500)}`)
  await response.body?.cancel()
}

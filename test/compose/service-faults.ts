import { authConfig } from '../../packages/auth/src/auth-config.ts'
import { converterConfig } from '../../packages/converter/src/config.ts'
import { gatewayConfig } from '../../packages/gateway/src/gateway-config.ts'
import { notifierConfig } from '../../packages/notifier/src/config/notifier-config.ts'
import { probePaths } from '../../packages/service-kit/src/http/health-routes.ts'
import { ConfigError, readConfig } from '../../packages/service-kit/src/index.ts'
import { type ComposeFile, type ComposeService, durationSeconds } from '../support/compose-file.ts'
import { inSecretsDir, loginFaults, readSecret } from './login-faults.ts'

type Schema = Parameters<typeof readConfig>[0]

/** The schema of each service's variables. */
const configs: Record<string, Schema> = {
  auth: authConfig,
  gateway: gatewayConfig,
  converter: converterConfig,
  notifier: notifierConfig,
}

export interface Surroundings {
  /** The text of the Dockerfile. */
  dockerfile: string
  /** Folder with the files of docker/generate-secrets.sh. */
  secretsDir: string
}

/** Longest shutdown of a service, in seconds: `closeTimeoutMs` of `runService` is 30 s, and the engine needs some
 *  time. */
const stopSeconds = 35
/** Time that the converter needs after DRAIN_SECONDS, in seconds. */
const drainMarginSeconds = 15

/** Faults of this project's own services, whose images the Dockerfile builds. */
export function serviceFaults(
  name: string,
  service: ComposeService,
  file: ComposeFile,
  { dockerfile, secretsDir }: Surroundings,
): string[] {
  const schema = configs[name]
  if (!schema) return ['is no service of this project']
  const { environment = {}, healthcheck, build, stop_grace_period = '', ports = [], networks = [] } = service
  const faults: string[] = []
  if (!dockerfile.includes(`AS ${build?.target}\n`))
    faults.push(`the Dockerfile has no target ${build?.target}`)

  const unread = Object.keys(environment).filter(key => !(key.replace(/_FILE$/, '') in schema.shape))
  faults.push(...unread.map(key => `${key} is read by nobody`))
  faults.push(...configFaults(schema, imageEnvironment(dockerfile), service, secretsDir))
  faults.push(...addressFaults(service, file, secretsDir))
  faults.push(...loginFaults(name, service, secretsDir))

  const path = healthcheck?.test.at(-1) ?? ''
  if (!probePaths.includes(path)) faults.push(`its health check asks for "${path}", which nobody answers`)
  const port = imageEnvironment(dockerfile).PORT
  for (const published of ports)
    if (!published.endsWith(`:${port}`)) faults.push(`publishes ${published}, and listens on ${port}`)
  if (ports.length > 0 && networks.every(network => file.networks[network]?.internal))
    faults.push('publishes a port on an internal network, where that has no effect')

  const graceSeconds = durationSeconds(stop_grace_period)
  const neededSeconds = Math.max(stopSeconds, Number(environment.DRAIN_SECONDS ?? 0) + drainMarginSeconds)
  if (graceSeconds < neededSeconds)
    faults.push(`is killed after ${graceSeconds} s, and may take ${neededSeconds} s to stop`)
  return faults
}

/** Variables that all images set. */
function imageEnvironment(dockerfile: string): Record<string, string> {
  const pairs = [...dockerfile.matchAll(/^ENV (.+)$/gm)].flatMap(([, line = '']) => line.split(' '))
  return Object.fromEntries(pairs.map(pair => pair.split('=') as [string, string]))
}

/** Faults that the service's own configuration reports for this environment and the generated secrets. */
function configFaults(
  schema: Schema,
  image: Record<string, string>,
  service: ComposeService,
  secretsDir: string,
): string[] {
  const given = Object.entries(service.environment ?? {}).map(([key, value]) => [
    key,
    key.endsWith('_FILE') ? inSecretsDir(value, service, secretsDir) : value,
  ])
  try {
    readConfig(schema, { ...image, ...Object.fromEntries(given) })
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return [...error.faults]
  }
}

/** Hosts in addresses that no service on a common network has as its name. */
function addressFaults(service: ComposeService, file: ComposeFile, secretsDir: string): string[] {
  return addressesOf(service, secretsDir).flatMap(([variable, host]) => {
    const other = file.services[host]
    if (!other) return [`${variable} names ${host}, which is no service`]
    const isReachable = other.networks?.some(network => service.networks?.includes(network))
    return isReachable ? [] : [`${variable} names ${host}, which is on another network`]
  })
}

function addressesOf(service: ComposeService, secretsDir: string): [string, string][] {
  return Object.entries(service.environment ?? {}).flatMap(([variable, value]) => {
    const isOurs = /_URL(_FILE)?$/.test(variable) && !/^(PUBLIC|SMTP)_URL/.test(variable)
    const text = variable.endsWith('_FILE') ? readSecret(value, service, secretsDir) : value
    return isOurs && URL.canParse(text) ? [[variable, new URL(text).hostname] as [string, string]] : []
  })
}

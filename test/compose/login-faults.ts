import { existsSync, readFileSync } from 'node:fs'
import type { ComposeService } from '../support/compose-file.ts'

/** Servers that know each service as a user of its own. MySQL knows one user, auth's, beside root. */
const userOf = (service: string, protocol: string) => (protocol === 'mysql:' ? 'jackalope' : service)

/** Faults of the secrets with which a service logs in: it has a user of its own, and sees no other's password. */
export function loginFaults(name: string, service: ComposeService, secretsDir: string): string[] {
  const faults: string[] = []
  for (const volume of service.volumes ?? []) {
    const [source = ''] = volume.split(':')
    if (source.endsWith('-secret') && source !== `${name}-secret`)
      faults.push(`sees the secrets of ${source}, and needs those of ${name}-secret only`)
  }
  for (const [variable, value] of Object.entries(service.environment ?? {})) {
    if (!variable.endsWith('_URL_FILE')) continue
    const url = URL.parse(readSecret(value, service, secretsDir))
    if (!url) continue
    const user = userOf(name, url.protocol)
    if (url.username !== user) faults.push(`${variable} logs in as ${url.username}, not as ${user}`)
  }
  return faults
}

/** Local path of a file in the container; none unless its volume is mounted. */
export function inSecretsDir(path: string, { volumes = [] }: ComposeService, secretsDir: string): string {
  for (const volume of volumes) {
    const [source = '', target = ''] = volume.split(':')
    if (path.startsWith(`${target}/`))
      return path.replace(target, `${secretsDir}/${source.replace(/-secret$/, '')}`)
  }
  return `${path} in no volume`
}

/** A secret's text; empty when there is none, which the service's own configuration reports. */
export function readSecret(path: string, service: ComposeService, secretsDir: string): string {
  const file = inSecretsDir(path, service, secretsDir)
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

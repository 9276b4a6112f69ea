import { parse } from 'yaml'

/** The parts of a Compose file that tests read, with paths and addresses as written in it. */
export interface ComposeFile {
  services: Record<string, ComposeService>
  networks: Record<string, { internal?: boolean } | null>
  volumes: Record<string, unknown>
}

export interface ComposeService {
  image: string
  labels?: Record<string, string>
  build?: { target: string }
  profiles?: string[]
  user?: string
  read_only?: boolean
  privileged?: boolean
  restart?: string
  cap_add?: string[]
  cap_drop?: string[]
  security_opt?: string[]
  networks?: string[]
  network_mode?: string
  ports?: string[]
  environment?: Record<string, string>
  volumes?: string[]
  healthcheck?: { test: string[] }
  depends_on?: Record<string, { condition: string }>
  mem_limit?: string
  stop_grace_period?: string
}

/** Reads a Compose file as Compose would with these variables in its environment. */
export function readComposeFile(text: string, env: Record<string, string> = {}): ComposeFile {
  return interpolate(parse(text, { merge: true }), env) as ComposeFile
}

function interpolate(value: unknown, env: Record<string, string>): unknown {
  if (typeof value === 'string') return interpolateText(value, env)
  if (Array.isArray(value)) return value.map(item => interpolate(item, env))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, interpolate(item, env)]))
}

/** Replaces `$$`, `${NAME}`, `${NAME:-default}` and `${NAME-default}`. A default may contain variables. */
function interpolateText(text: string, env: Record<string, string>): string {
  const innermost = /\$\{(\w+)(?:(:?-)([^${}]*))?\}/g
  let result = text.replaceAll('$$', '\0')
  while (innermost.test(result))
    result = result.replace(innermost, (_, name: string, mark: string | undefined, otherwise = '') => {
      const given = env[name]
      return given === undefined || (mark === ':-' && given === '') ? otherwise : given
    })
  return result.replaceAll('\0', '$')
}

/** A duration such as `1h2m3s`, in seconds. */
export function durationSeconds(text: string): number {
  const [, hours = 0, minutes = 0, seconds = 0] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text) ?? []
  return Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)
}

/** A size such as `1536m`, `1g`, `512mb` or `600MiB`, in bytes. In Redis and Compose `mb` is a mebibyte. */
export function sizeBytes(text: string): number {
  const [, count, unit = ''] = /^(\d+)([kmg]?)i?b?$/i.exec(text) ?? []
  if (count === undefined) throw new Error(`not a size: ${text}`)
  return Number(count) * 1024 ** ' kmg'.indexOf(unit.toLowerCase() || ' ')
}

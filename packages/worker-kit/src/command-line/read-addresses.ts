import { readFileSync } from 'node:fs'
import type { Addresses } from './connections.ts'
import type { CommandLine } from './parse-command-line.ts'
import { UsageError } from './usage-error.ts'

type UrlOption = 'amqp-url' | 'redis-url'

/** Reads where the servers are, from the options, else from `AMQP_URL` and `REDIS_URL`.
 *  @throws {UsageError} */
export function readAddresses(
  { options }: Pick<CommandLine, 'options'>,
  env: Record<string, string | undefined>,
): Addresses {
  const amqpUrls = readUrls('amqp-url', options['amqp-url'] ?? env.AMQP_URL, /^amqps?:$/)
  const redisUrls = readUrls('redis-url', options['redis-url'] ?? env.REDIS_URL, /^rediss?:$/)
  const ca = options.ca === undefined ? undefined : readFile('ca', String(options.ca))
  return {
    amqp: amqpUrls.map(url => (ca ? { url, tls: { ca } } : url)),
    redis: { urls: redisUrls, sentinelMaster: options.sentinel as string | undefined, ca },
    prefix: String(options.prefix ?? 'bull'),
  }
}

/** Several addresses have commas between them; a password may hold a comma. */
function readUrls(option: UrlOption, given: unknown, protocol: RegExp): [string, ...string[]] {
  const variable = option.toUpperCase().replace('-', '_')
  if (typeof given !== 'string' || given === '') throw new UsageError(`give --${option}, or set ${variable}`)
  const [first = '', ...others] = given.split(/,\s*(?=(?:amqp|redis)s?:\/\/)/)
  // The address may hold a password: it is not repeated.
  for (const url of [first, ...others])
    if (!isUrl(url, protocol))
      throw new UsageError(`--${option}, or ${variable}, is no ${option.slice(0, -'-url'.length)} address`)
  return [first, ...others]
}

function isUrl(text: string, protocol: RegExp): boolean {
  const url = URL.parse(text)
  return url !== null && protocol.test(url.protocol) && url.hostname !== ''
}

function readFile(option: string, path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new UsageError(`--${option}: ${(error as Error).message}`)
  }
}

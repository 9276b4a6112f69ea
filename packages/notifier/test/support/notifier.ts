import { type LogLine, LogLines } from '@jackalope/local-servers/testing'
import { createMetrics, Resources, readConfig } from '@jackalope/service-kit'
import { pino } from 'pino'
import { notifierConfig } from '../../src/config/notifier-config.ts'
import { startNotifier } from '../../src/start-notifier.ts'
import { serviceToken } from './auth-server.ts'
import { type Producer, servers } from './kit.ts'

export const linkSecret = 'Wq7nT3kLp9xZ2vB6mD4sF8hJ1cR5gY0e'

export interface TestNotifier {
  url: string
  /** What it logged, one object a line. */
  lines: readonly LogLine[]
  logged: LogLines['logged']
  close(): Promise<void>
}

/** The whole notifier, in this process.
 *  @param env - variables besides those that every notifier needs */
export async function startTestNotifier(
  producer: Pick<Producer, 'prefix' | 'resources'>,
  env: Record<string, string | undefined>,
): Promise<TestNotifier> {
  const { amqpUrl, redisUrl } = servers()
  const config = readConfig(notifierConfig, {
    PORT: '1',
    AMQP_URL: amqpUrl,
    REDIS_URL: redisUrl,
    AUTH_URL: 'http://127.0.0.1:1',
    SERVICE_TOKEN: serviceToken,
    LINK_SECRET: linkSecret,
    PUBLIC_URL: 'https://mp3converter.com',
    ...env,
  })
  const log = new LogLines()
  const logger = pino({ level: 'info' }, log)
  const resources = new Resources()
  const shutdown = new AbortController()
  const close = () => {
    shutdown.abort()
    return resources.close()
  }
  producer.resources.defer(close)
  const metrics = createMetrics('notifier')
  const context = { config: { ...config, PORT: 0 }, logger, resources, metrics, shutdown: shutdown.signal }
  const { url } = await startNotifier(context, { prefix: producer.prefix })
  return { url, lines: log.all, logged: message => log.logged(message), close }
}

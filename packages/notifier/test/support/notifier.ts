import { createMetrics, Resources, readConfig } from '@jackalope/service-kit'
import { pino } from 'pino'
import { notifierConfig } from '../../src/config/notifier-config.ts'
import { startNotifier } from '../../src/start-notifier.ts'
import { serviceToken } from './auth-server.ts'
import { type Producer, servers } from './kit.ts'

export interface TestNotifier {
  url: string
  /** What it logged, one object a line. */
  lines: Array<Record<string, unknown>>
  close(): Promise<void>
}

/** The whole notifier, in this process.
 *  @param env - what differs from a notifier without mail. */
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
    PUBLIC_URL: 'https://mp3converter.com',
    ...env,
  })
  const lines: TestNotifier['lines'] = []
  const logger = pino({ level: 'info' }, { write: line => lines.push(JSON.parse(line)) })
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
  return { url, lines, close }
}

import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { z } from 'zod'
import { ConfigError } from '../config/config-error.ts'
import type { LogLevel } from '../config/log-level.ts'
import { readConfig } from '../config/read-config.ts'
import { createLogger } from '../log/create-logger.ts'
import { createMetrics } from '../metrics/create-metrics.ts'
import { serveMetrics } from '../metrics/serve-metrics.ts'
import { Resources } from './resources.ts'
import { withTimeLimit } from './time-limit.ts'

/** EX_CONFIG of sysexits.h: starting again will not help before somebody mends the configuration. */
const configErrorExitCode = 78

export interface StartContext<Config> {
  config: Config
  logger: Logger
  /** Takes charge of what is opened; closed in reverse order on shutdown. */
  resources: Resources
  /** What Prometheus is told, if the configuration names a `METRICS_PORT`. */
  metrics: Registry
  /** Aborted when the service is told to stop, also during the start. */
  shutdown: AbortSignal
}

export interface ServiceOptions<Schema extends z.ZodObject> {
  /** Name on every log line. */
  service: string
  /** `process.env`, which `main.ts` alone reads. */
  env: Readonly<Record<string, string | undefined>>
  /** What the service reads from it: `serviceVariables` and its own. */
  config: Schema
  /** Opens everything, and resolves when the service does its work. It may wait for servers as long as it takes;
   *  once `shutdown` is aborted it should give up. */
  start: (context: StartContext<Readonly<z.output<Schema>>>) => Promise<void>
  /** How long a shutdown may take, in milliseconds, before the process ends anyway, with 1; a function where the
   *  configuration has a say. @default 30_000 */
  closeTimeoutMs?: number | ((config: Readonly<z.output<Schema>>) => number)
}

/** The life of a service's process; each `main.ts` calls it, once.
 *
 *  Faults of the configuration are printed, without a stack trace, and end it with exit code 78. A failed start ends
 *  it with 1. SIGTERM and SIGINT close everything and end it with 0; a second one ends it at once. */
export async function runService<Schema extends z.ZodObject>(options: ServiceOptions<Schema>): Promise<void> {
  const { service, closeTimeoutMs = 30_000 } = options
  const config = readConfigOrExit(options)
  const limitMs = typeof closeTimeoutMs === 'function' ? closeTimeoutMs(config) : closeTimeoutMs
  const logger = createLogger({ service, level: (config as { LOG_LEVEL?: LogLevel }).LOG_LEVEL })
  const resources = new Resources()
  const shutdown = new AbortController()
  watchStrayErrors(logger)

  const stop = async (exitCode: number) => {
    shutdown.abort(new Error(`${service} is shutting down`))
    try {
      await withTimeLimit(limitMs, 'not everything was closed', async () => {
        await Promise.allSettled([started])
        await resources.close()
      })
      logger.info('stopped')
    } catch (error) {
      logger.error({ err: error }, 'stopped, but not cleanly')
      process.exit(1)
    }
    process.exit(exitCode)
  }
  const onSignal = (signal: NodeJS.Signals) => {
    logger.info({ signal }, shutdown.signal.aborted ? 'stopping at once' : 'stopping')
    if (shutdown.signal.aborted) process.exit(1)
    void stop(0)
  }
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal)

  const metrics = createMetrics(service)
  const start = async () => {
    await serveMetricsIfWanted(config, { metrics, logger, resources })
    await options.start({ config, logger, resources, metrics, shutdown: shutdown.signal })
  }
  const started = start()
  try {
    await started
    if (!shutdown.signal.aborted) logger.info('ready')
  } catch (error) {
    if (shutdown.signal.aborted) return
    if (error instanceof ConfigError) printFaults(service, error)
    else logger.fatal({ err: error }, 'cannot start')
    await stop(error instanceof ConfigError ? configErrorExitCode : 1)
  }
}

/** First of all, so that it is closed last: a drain can be watched. */
async function serveMetricsIfWanted(
  config: { HOST?: string; METRICS_PORT?: number },
  { metrics, logger, resources }: Pick<StartContext<unknown>, 'metrics' | 'logger' | 'resources'>,
): Promise<void> {
  const { HOST: host = '127.0.0.1', METRICS_PORT: port } = config
  if (port !== undefined) resources.use(await serveMetrics(metrics, { host, port, logger }))
}

function readConfigOrExit<Schema extends z.ZodObject>({ service, config, env }: ServiceOptions<Schema>) {
  try {
    return readConfig(config, env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    printFaults(service, error)
    return process.exit(configErrorExitCode)
  }
}

function printFaults(service: string, error: ConfigError): void {
  process.stderr.write(`${service} cannot start. ${error.message}\n`)
}

function watchStrayErrors(logger: Logger): void {
  // A promise that nobody awaited, often of a client whose server went away: a fault, but no reason to die.
  process.on('unhandledRejection', error => logger.error({ err: error }, 'unhandled rejection'))
  process.on('uncaughtException', error => {
    logger.fatal({ err: error }, 'uncaught exception')
    process.exit(1)
  })
}

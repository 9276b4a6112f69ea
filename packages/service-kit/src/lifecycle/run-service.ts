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

/** EX_CONFIG of sysexits.h: a restart does not help until the configuration is corrected. */
const configErrorExitCode = 78

export interface StartContext<Config> {
  config: Config
  logger: Logger
  /** What the service opens is registered here, and closed in reverse order on shutdown. */
  resources: Resources
  /** Metrics for Prometheus, served if `METRICS_PORT` is set. */
  metrics: Registry
  /** Aborted by SIGTERM and SIGINT, also during the start. */
  shutdown: AbortSignal
}

export interface ServiceOptions<Schema extends z.ZodObject> {
  /** Name on every log line. */
  service: string
  /** `process.env`, which only `main.ts` reads. */
  env: Readonly<Record<string, string | undefined>>
  /** The variables of the service: `serviceVariables` and its own. */
  config: Schema
  /** Opens everything, and resolves when the service works. It may wait for servers without a limit, until `shutdown`
   *  is aborted. */
  start: (context: StartContext<Readonly<z.output<Schema>>>) => Promise<void>
  /** Longest shutdown, in milliseconds; then the process ends with exit code 1. A function computes it from the
   *  configuration. @default 30_000 */
  closeTimeoutMs?: number | ((config: Readonly<z.output<Schema>>) => number)
}

/** Runs a service from start to shutdown; each `main.ts` calls it once.
 *
 *  Faults of the configuration are printed without a stack trace; the exit code is 78. After a failed start the exit
 *  code is 1. SIGTERM and SIGINT close everything; the exit code is 0. A second signal ends the process at once. */
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

/** Opened first, so that it is closed last: metrics can be read during a drain. */
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
  // A rejected promise that nobody awaited, often of a client whose server is away. It does not end the process.
  process.on('unhandledRejection', error => logger.error({ err: error }, 'unhandled rejection'))
  process.on('uncaughtException', error => {
    logger.fatal({ err: error }, 'uncaught exception')
    process.exit(1)
  })
}

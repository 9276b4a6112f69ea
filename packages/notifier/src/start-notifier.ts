import { audioReady, conversionFailed, convertVideo } from '@jackalope/contracts'
import {
  createHttpApp,
  healthRoutes,
  type StartContext,
  serve,
  waitFor,
  withJobLog,
} from '@jackalope/service-kit'
import { connect, type DeadLetters, type Kit } from '@jackalope/worker-kit'
import { observeKit } from '@jackalope/worker-kit/metrics'
import type { NotifierConfig } from './config/notifier-config.ts'
import { announceFailure } from './job/announce-failure.ts'
import { type AudioReadyHandler, sendAudioReady, skipMail } from './job/send-audio-ready.ts'
import { type ConversionFailedHandler, sendConversionFailed } from './job/send-conversion-failed.ts'
import { createSmtpMailer } from './mail/smtp-mailer.ts'
import { createUserDirectory } from './users/user-directory.ts'

/** How many mails are sent at once. Most of their time is waiting for the mail server. */
const concurrency = 5

/** Name of the notifier's subscription to the dead letters of `video.convert`. */
const subscription = 'notifier'

export interface StartNotifierOptions {
  /** Prefix of queues and keys, for tests. @default worker-kit's */
  prefix?: string
}

/** Answers health probes, waits for RabbitMQ and Redis, then mails owners about finished and failed conversions
 *  until it is closed. */
export async function startNotifier(
  { config, logger, resources, metrics, shutdown }: StartContext<NotifierConfig>,
  { prefix }: StartNotifierOptions = {},
): Promise<{ url: string }> {
  const { onAudioReady, onConversionFailed, checkMailServer } = createHandlers({ config, logger, resources })
  let kit: Kit | undefined
  const app = createHttpApp({ logger })
  app.use(
    healthRoutes({
      checks: {
        jobs: async () => {
          if (!kit) throw new Error('not connected yet')
          await kit.check()
        },
      },
      // A mail server that is down does not make the notifier unready: no request is routed by its readiness, jobs wait
      // in their queue, and a rollout must not wait for the mail server.
      optional: checkMailServer && { mailServer: checkMailServer },
      logger,
      shutdown,
    }),
  )
  const { url } = resources.use(await serve(app, { host: config.HOST, port: config.PORT, logger }))

  const { AMQP_URL: amqpUrl, REDIS_URL: redisUrl } = config
  const attempt = () => connect({ amqpUrl, redisUrl, prefix, logger })
  kit = resources.use(await waitFor('RabbitMQ and Redis', attempt, { logger, signal: shutdown }))
  observeKit(kit, { register: metrics })
  const failures = kit.queue(conversionFailed)
  await kit.onDeadLetter(convertVideo, subscription, letter => announceFailure(letter, failures, logger))
  kit.work(audioReady, withJobLog(onAudioReady), { concurrency })
  kit.work(conversionFailed, withJobLog(onConversionFailed(kit.deadLetters(convertVideo))), { concurrency })
  return { url }
}

interface Handlers {
  onAudioReady: AudioReadyHandler
  onConversionFailed: (deadLetters: DeadLetters) => ConversionFailedHandler
  /** `undefined` when no mail is sent. */
  checkMailServer?: () => Promise<void>
}

function createHandlers({
  config,
  logger,
  resources,
}: Pick<StartContext<NotifierConfig>, 'config' | 'logger' | 'resources'>): Handlers {
  const { SMTP_URL: server, MAIL_FROM: from } = config
  if (!server || !from) {
    logger.warn('MAIL=off: jobs are taken, and no mail is sent')
    return { onAudioReady: skipMail(logger), onConversionFailed: () => skipMail(logger) }
  }
  const mailer = resources.use(createSmtpMailer({ server, maxConnections: concurrency }))
  const users = createUserDirectory({ authUrl: config.AUTH_URL, serviceToken: config.SERVICE_TOKEN })
  const publicUrl = config.PUBLIC_URL
  return {
    onAudioReady: sendAudioReady({ users, mailer, from, publicUrl, logger }),
    onConversionFailed: deadLetters => sendConversionFailed({ users, mailer, from, deadLetters, logger }),
    checkMailServer: () => mailer.check(),
  }
}

import { accountMail, audioReady, conversionFailed, convertVideo } from '@jackalope/contracts'
import {
  connectRedis,
  createHttpApp,
  healthRoutes,
  type StartContext,
  serve,
  waitFor,
  withJobLog,
} from '@jackalope/service-kit'
import { connect, type DeadLetters, type Kit } from '@jackalope/worker-kit'
import { observeKit } from '@jackalope/worker-kit/metrics'
import { createAccountMailDirectory } from './auth/account-mail-directory.ts'
import { createUserDirectory } from './auth/user-directory.ts'
import type { NotifierConfig } from './config/notifier-config.ts'
import { announceFailure } from './job/announce-failure.ts'
import { createRecipientFinder } from './job/find-recipient.ts'
import { type AccountMailHandler, sendAccountMail } from './job/send-account-mail.ts'
import { type AudioReadyHandler, sendAudioReady } from './job/send-audio-ready.ts'
import { type ConversionFailedHandler, sendConversionFailed } from './job/send-conversion-failed.ts'
import { skipMail } from './job/skip-mail.ts'
import { createSmtpMailer } from './mail/smtp-mailer.ts'
import { createMailQuota } from './quota/mail-quota.ts'

/** How many mails are sent at once. Most of their time is waiting for the mail server. */
const concurrency = 5

/** Name of the notifier's subscription to the dead letters of `video.convert`. */
const subscription = 'notifier'

export interface StartNotifierOptions {
  /** Prefix of queues and keys, for tests. @default worker-kit's */
  prefix?: string
}

/** Answers health probes, waits for RabbitMQ and Redis, then sends mails about conversions and accounts until it is
 *  closed. */
export async function startNotifier(
  { config, logger, resources, metrics, shutdown }: StartContext<NotifierConfig>,
  { prefix }: StartNotifierOptions = {},
): Promise<{ url: string }> {
  const handlers = createHandlers({ config, logger, resources, prefix })
  const { onAudioReady, onConversionFailed, onAccountMail, checkMailServer } = handlers
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
  kit.work(accountMail, withJobLog(onAccountMail), { concurrency })
  kit.work(conversionFailed, withJobLog(onConversionFailed(kit.deadLetters(convertVideo))), { concurrency })
  return { url }
}

interface Handlers {
  onAudioReady: AudioReadyHandler
  onConversionFailed: (deadLetters: DeadLetters) => ConversionFailedHandler
  onAccountMail: AccountMailHandler
  /** `undefined` when no mail is sent. */
  checkMailServer?: () => Promise<void>
}

function createHandlers({
  config,
  logger,
  resources,
  prefix,
}: Pick<StartContext<NotifierConfig>, 'config' | 'logger' | 'resources'> & StartNotifierOptions): Handlers {
  const { SMTP_URL: server, MAIL_FROM: from } = config
  if (!server || !from) {
    logger.warn('MAIL=off: jobs are taken, and no mail is sent')
    const skip = skipMail(logger)
    return { onAudioReady: skip, onConversionFailed: () => skip, onAccountMail: skip }
  }
  const mailer = resources.use(createSmtpMailer({ server, maxConnections: concurrency }))
  const redis = resources.use(connectRedis(config.REDIS_URL, { logger }))
  const auth = { authUrl: config.AUTH_URL, serviceToken: config.SERVICE_TOKEN }
  const accountMails = createAccountMailDirectory(auth)
  const findRecipient = createRecipientFinder(createUserDirectory(auth), createMailQuota({ redis, prefix }))
  const mails = { mailer, from, publicUrl: config.PUBLIC_URL, logger }
  return {
    onAudioReady: sendAudioReady({ ...mails, findRecipient, linkSecret: config.LINK_SECRET }),
    onConversionFailed: deadLetters => sendConversionFailed({ ...mails, findRecipient, deadLetters }),
    onAccountMail: sendAccountMail({ ...mails, accountMails }),
    checkMailServer: () => mailer.check(),
  }
}

import {
  accountMail,
  audioReady,
  conversionFailed,
  conversionMail,
  convertVideo,
  webhookDelivery,
} from '@jackalope/contracts'
import {
  connectRedis,
  createHttpApp,
  healthRoutes,
  processName,
  type StartContext,
  serve,
  waitFor,
  withJobLog,
} from '@jackalope/service-kit'
import { connect, type Kit } from '@jackalope/worker-kit'
import { observeKit } from '@jackalope/worker-kit/metrics'
import { createAccountMailDirectory } from './auth/account-mail-directory.ts'
import type { AuthOptions } from './auth/ask-auth.ts'
import { createNoticeDirectory } from './auth/notice-directory.ts'
import { createUserDirectory } from './auth/user-directory.ts'
import { createWebhookDirectory, type WebhookDirectory } from './auth/webhook-directory.ts'
import type { NotifierConfig } from './config/notifier-config.ts'
import { announceFailure } from './job/announce-failure.ts'
import { deliverWebhook, type WebhookHandler } from './job/deliver-webhook.ts'
import { createRecipientFinder } from './job/find-recipient.ts'
import { createMailOwner, type MailOwner } from './job/mail-owner.ts'
import { type AccountMailHandler, sendAccountMail } from './job/send-account-mail.ts'
import { type ConversionMailHandler, sendConversionMail } from './job/send-conversion-mail.ts'
import { skipAccountMail, skipMail } from './job/skip-mail.ts'
import { tellAudioReady } from './job/tell-audio-ready.ts'
import { tellConversionFailed } from './job/tell-conversion-failed.ts'
import type { MailAddress } from './mail/outgoing-mail.ts'
import { createSmtpMailer } from './mail/smtp-mailer.ts'
import { createMailQuota } from './quota/mail-quota.ts'
import { createOwnerTurns } from './webhook/owner-turns.ts'

/** How many mails are sent at once. Most of their time is waiting for the mail server. */
const concurrency = 5
/** How many webhooks are sent at once, and to the endpoints of one owner. */
const webhookConcurrency = 32
const webhooksOfOwner = 4

/** Name of the notifier's subscription to the dead letters of `video.convert`. */
const subscription = 'notifier'

export interface StartNotifierOptions {
  /** Prefix of queues and keys, for tests. @default worker-kit's */
  prefix?: string
}

/** Answers health probes, waits for RabbitMQ and Redis, then sends mails and webhooks about conversions, and mails about accounts,
 *  until it is closed. */
export async function startNotifier(
  { config, logger, resources, metrics, shutdown }: StartContext<NotifierConfig>,
  { prefix }: StartNotifierOptions = {},
): Promise<{ url: string }> {
  const handlers = createHandlers({ config, logger, resources, prefix })
  const { webhooks, onMail, onAccountMail, onWebhook, checkMailServer } = handlers
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
  const deadLetters = kit.deadLetters(convertVideo)
  const tell = { webhooks, mails: kit.queue(conversionMail) }
  const name = processName()
  kit.work(audioReady, withJobLog(tellAudioReady(tell)), { name, concurrency })
  kit.work(conversionFailed, withJobLog(tellConversionFailed({ ...tell, deadLetters })), {
    name,
    concurrency,
  })
  kit.work(conversionMail, withJobLog(onMail), { name, concurrency })
  kit.work(accountMail, withJobLog(onAccountMail), { name, concurrency })
  kit.work(webhookDelivery, withJobLog(onWebhook), { name, concurrency: webhookConcurrency })
  return { url }
}

interface Handlers {
  webhooks: WebhookDirectory
  onMail: ConversionMailHandler
  onAccountMail: AccountMailHandler
  onWebhook: WebhookHandler
  /** `undefined` when no mail is sent. */
  checkMailServer?: () => Promise<void>
}

type HandlerContext = Pick<StartContext<NotifierConfig>, 'config' | 'logger' | 'resources'> &
  StartNotifierOptions

function createHandlers(context: HandlerContext): Handlers {
  const { config, logger } = context
  const auth = { authUrl: config.AUTH_URL, serviceToken: config.SERVICE_TOKEN }
  const webhooks = createWebhookDirectory(auth)
  const { mailOwner, from, ...mails } = createMails(context, auth)
  const deps = { mailOwner, from, publicUrl: config.PUBLIC_URL, linkSecret: config.LINK_SECRET }
  const turns = createOwnerTurns(webhooksOfOwner)
  return {
    ...{ ...mails, webhooks, onMail: sendConversionMail(deps) },
    onWebhook: deliverWebhook({
      ...{ directory: webhooks, turns, logger },
      allowed: config.WEBHOOK_ALLOWED_NETWORKS,
    }),
  }
}

interface Mails extends Pick<Handlers, 'onAccountMail' | 'checkMailServer'> {
  mailOwner: MailOwner
  from: MailAddress
}

function createMails({ config, logger, resources, prefix }: HandlerContext, auth: AuthOptions): Mails {
  const { SMTP_URL: server, MAIL_FROM: from, PUBLIC_URL: publicUrl } = config
  if (!server || !from) {
    logger.warn('MAIL=off: jobs are taken, and no mail is sent')
    const nobody = { name: '', address: '' }
    return { onAccountMail: skipAccountMail(logger), mailOwner: skipMail(logger), from: nobody }
  }
  const mailer = resources.use(createSmtpMailer({ server, maxConnections: 2 * concurrency }))
  const redis = resources.use(connectRedis(config.REDIS_URL, { logger }))
  const accountMails = createAccountMailDirectory(auth)
  const findRecipient = createRecipientFinder(createUserDirectory(auth), createMailQuota({ redis, prefix }))
  const notices = createNoticeDirectory(auth)
  return {
    from,
    mailOwner: createMailOwner({ findRecipient, notices, mailer, logger }),
    onAccountMail: sendAccountMail({ accountMails, notices, mailer, from, publicUrl, logger }),
    checkMailServer: () => mailer.check(),
  }
}

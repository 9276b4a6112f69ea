import type { AudioReadyResult, audioReadyInput } from '@jackalope/contracts'
import { type JobHandler, UnrecoverableError } from '@jackalope/worker-kit'
import type { Logger } from 'pino'
import type { z } from 'zod'
import type { MailAddress } from '../mail/outgoing-mail.ts'
import type { Mailer } from '../mail/smtp-mailer.ts'
import { audioReadyMessage } from '../message/audio-ready-message.ts'
import { NotifierError } from '../notifier-error.ts'
import type { UserDirectory } from '../users/user-directory.ts'

export interface SendAudioReadyDeps {
  users: UserDirectory
  mailer: Mailer
  from: MailAddress
  /** The gateway's address as users see it, without a trailing slash. */
  publicUrl: string
  logger: Logger
}

export type AudioReadyHandler = JobHandler<z.output<typeof audioReadyInput>, AudioReadyResult>

/** Mails the owner that the audio is ready. A process that is killed before the job is completed sends the mail
 *  again, with the same Message-ID. */
export function sendAudioReady({
  users,
  mailer,
  from,
  publicUrl,
  logger,
}: SendAudioReadyDeps): AudioReadyHandler {
  return ({ data, signal }) =>
    failForGood(async () => {
      const { email } = await users.find(data.ownerId, signal)
      const mail = audioReadyMessage(data, { from, to: email, publicUrl })
      await mailer.send(mail, signal)
      logger.info({ conversionJobId: data.jobId, messageId: mail.messageId }, 'mail sent')
      return { sent: true, messageId: mail.messageId }
    })
}

/** Handles jobs when `MAIL=off`: sends nothing, and says so in the job's result. */
export function skipMail(logger: Logger) {
  return async ({ data }: { data: { jobId: string } }) => {
    logger.info({ conversionJobId: data.jobId }, 'no mail sent: MAIL=off')
    return { sent: false as const, reason: 'MAIL=off' }
  }
}

/** Turns permanent failures into `UnrecoverableError`, which fails the job without further attempts. */
export async function failForGood<Result>(send: () => Promise<Result>): Promise<Result> {
  try {
    return await send()
  } catch (error) {
    if (!(error instanceof NotifierError && error.permanent)) throw error
    throw Object.assign(new UnrecoverableError(error.message), { cause: error })
  }
}

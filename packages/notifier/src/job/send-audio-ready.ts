import type { AudioReadyResult, audioReadyInput } from '@jackalope/contracts'
import { type JobHandler, UnrecoverableError } from '@jackalope/worker-kit'
import type { Logger } from 'pino'
import type { z } from 'zod'
import type { MailAddress, Mailer } from '../mail/mailer.ts'
import { audioReadyMessage } from '../message/audio-ready-message.ts'
import { NotifierError } from '../notifier-error.ts'
import type { UserDirectory } from '../users/user-directory.ts'

export interface SendAudioReadyDeps {
  users: UserDirectory
  mailer: Mailer
  from: MailAddress
  /** The gateway as its users reach it, without a trailing slash. */
  publicUrl: string
  logger: Logger
}

export type AudioReadyHandler = JobHandler<z.output<typeof audioReadyInput>, AudioReadyResult>

/** Tells the owner by e-mail. A process that ends between the server's answer and ours sends a mail again, under the
 *  same Message-ID: rather twice than not at all. */
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

/** `MAIL=off`: the job is done, and its result says that nobody was told. */
export function skipAudioReady(logger: Logger): AudioReadyHandler {
  return async ({ data }) => {
    logger.info({ conversionJobId: data.jobId }, 'no mail sent: MAIL=off')
    return { sent: false, reason: 'MAIL=off' }
  }
}

/** Turns permanent failures into the error that fails a job without further attempts. */
export async function failForGood<Result>(send: () => Promise<Result>): Promise<Result> {
  try {
    return await send()
  } catch (error) {
    if (!(error instanceof NotifierError && error.permanent)) throw error
    throw Object.assign(new UnrecoverableError(error.message), { cause: error })
  }
}

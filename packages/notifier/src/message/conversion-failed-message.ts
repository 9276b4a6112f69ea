import { type Explanation, textOf } from '@jackalope/contracts'
import { messageIdOf, type OutgoingMail } from '../mail/outgoing-mail.ts'
import { displayFileName, displayReason } from './display-values.ts'
import { fill, textsIn } from './language.ts'
import { facts, paragraph, renderLetter } from './letter.ts'
import { jobLetter, type MessageOptions } from './message-options.ts'

/** The failed conversion that a mail is about. */
export interface FailedConversion {
  /** Id of the conversion's job. */
  jobId: string
  /** Name of the uploaded file, if known. */
  fileName?: string
  /** Why it failed, in words for the owner. */
  reason: string
  /** The same as data. @default only the reason is known, in English */
  explanation?: Explanation
}

/** The mail "Your file could not be converted" for its owner.
 *  @param failureId - tells this failure from others of the same job */
export function conversionFailedMessage(
  failed: FailedConversion,
  failureId: string,
  options: MessageOptions,
): OutgoingMail {
  const { from, to, language, unsubscribeUrl } = options
  const { title, subject, intro, file: unnamed } = textsIn(language).conversionFailed
  const file = failed.fileName === undefined ? unnamed : displayFileName(failed.fileName, language)
  const reason = (failed.explanation && textOf(failed.explanation, language)) ?? failed.reason
  const blocks = [paragraph(intro), facts(file), paragraph(displayReason(reason))]
  return {
    ...{ from, to, unsubscribeUrl, subject: failed.fileName === undefined ? title : fill(subject, { file }) },
    ...renderLetter(jobLetter({ jobId: failed.jobId, title, blocks }, options)),
    messageId: messageIdOf(failureId, from.address, 'conversion-failed'),
  }
}

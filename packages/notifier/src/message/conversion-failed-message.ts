import { messageIdOf, type OutgoingMail } from '../mail/outgoing-mail.ts'
import { lastMail, type MessageOptions } from './audio-ready-message.ts'
import { displayFileName, displayReason } from './display-values.ts'
import { facts, paragraph, renderLetter } from './letter.ts'

/** The failed conversion that a mail is about. */
export interface FailedConversion {
  /** Id of the conversion's job. */
  jobId: string
  /** Stamp of the run that failed. */
  stamp: string
  /** Name of the uploaded file, if known. */
  fileName?: string
  /** Why it failed, in words for the owner. */
  reason: string
}

/** The mail "Your video could not be converted" for the owner of a video. */
export function conversionFailedMessage(
  failed: FailedConversion,
  { from, to, publicUrl, isLast = false }: MessageOptions,
): OutgoingMail {
  const title = 'Your video could not be converted'
  const video = failed.fileName === undefined ? 'your video' : displayFileName(failed.fileName)
  return {
    from,
    to,
    subject: failed.fileName === undefined ? title : `${title}: ${video}`,
    ...renderLetter({
      title,
      blocks: [
        paragraph('your video could not be converted:'),
        facts(video),
        paragraph(displayReason(failed.reason)),
        ...(isLast ? [paragraph(lastMail(publicUrl))] : []),
      ],
      footer: `This message was sent automatically, about job ${displayFileName(failed.jobId)}.`,
    }),
    messageId: messageIdOf(`${failed.jobId}-${failed.stamp}`, from.address, 'conversion-failed'),
  }
}

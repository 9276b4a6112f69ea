import { messageIdOf, type OutgoingMail } from '../mail/outgoing-mail.ts'
import type { MessageOptions } from './audio-ready-message.ts'
import { displayFileName, displayReason, escapeHtml } from './display-values.ts'

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

interface Facts {
  video: string
  reason: string
  jobId: string
}

/** The mail "Your video could not be converted" for the owner of a video. */
export function conversionFailedMessage(
  failed: FailedConversion,
  { from, to }: Omit<MessageOptions, 'publicUrl'>,
): OutgoingMail {
  const video = failed.fileName === undefined ? 'your video' : displayFileName(failed.fileName)
  const facts: Facts = {
    video,
    reason: displayReason(failed.reason),
    jobId: displayFileName(failed.jobId),
  }
  return {
    from,
    to,
    subject: `Your video could not be converted${failed.fileName === undefined ? '' : `: ${video}`}`,
    text: asText(facts),
    html: asHtml(facts),
    messageId: messageIdOf(`${failed.jobId}-${failed.stamp}`, from.address, 'conversion-failed'),
  }
}

function asText({ video, reason, jobId }: Facts): string {
  return `Hello,

your video could not be converted:

    ${video}

    ${reason}

This message was sent automatically, about job ${jobId}.
`
}

/** A plain page without images, foreign styles or anything that reports when the mail is read. */
function asHtml({ video, reason, jobId }: Facts): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Your video could not be converted</title></head>
<body>
<p>Hello,</p>
<p>your video could not be converted:</p>
<p><strong>${escapeHtml(video)}</strong></p>
<p>${escapeHtml(reason)}</p>
<p>This message was sent automatically, about job ${escapeHtml(jobId)}.</p>
</body>
</html>
`
}

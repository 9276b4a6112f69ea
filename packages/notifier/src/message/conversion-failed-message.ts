import type { OutgoingMail } from '../mail/mailer.ts'
import type { MessageOptions } from './audio-ready-message.ts'
import { displayFileName } from './display-file-name.ts'
import { displayReason } from './display-reason.ts'
import { escapeHtml } from './escape-html.ts'
import { messageIdOf } from './message-id.ts'

/** The failed conversion that a mail is about. */
export interface FailedConversion {
  /** Job of the conversion. */
  jobId: string
  /** Of the run that failed. */
  stamp: string
  /** Name of the uploaded file, if known. */
  fileName?: string
  /** Why, fit to be shown to the owner. */
  reason: string
}

interface Facts {
  video: string
  reason: string
  jobId: string
}

/** "Your video could not be converted", for its owner. */
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

/** A plain page: no images, no styles from elsewhere, nothing that reports its being read. */
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

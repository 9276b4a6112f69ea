import type { MailAddress, OutgoingMail } from '../mail/mailer.ts'
import type { AudioReadyFacts } from './audio-ready-facts.ts'
import { audioReadyHtml } from './audio-ready-html.ts'
import { audioReadyText } from './audio-ready-text.ts'
import { displayFileName } from './display-file-name.ts'
import { formatDuration } from './format-duration.ts'
import { formatSize } from './format-size.ts'
import { messageIdOf } from './message-id.ts'

/** The finished conversion that a mail is about. */
export interface ReadyAudio {
  /** Job of the conversion. */
  jobId: string
  fileName: string
  sizeBytes: number
  durationSeconds: number
}

export interface MessageOptions {
  from: MailAddress
  /** The owner's address. */
  to: string
  /** The gateway as its users reach it, without a trailing slash. */
  publicUrl: string
}

/** "Your audio is ready", for the owner of a video. */
export function audioReadyMessage(audio: ReadyAudio, { from, to, publicUrl }: MessageOptions): OutgoingMail {
  const downloadUrl = `${publicUrl}/jobs/${encodeURIComponent(audio.jobId)}/audio`
  const facts: AudioReadyFacts = {
    fileName: displayFileName(audio.fileName),
    extent: `${formatSize(audio.sizeBytes)}, ${formatDuration(audio.durationSeconds)}`,
    jobId: displayFileName(audio.jobId),
    downloadUrl,
    commands: [
      `TOKEN=$(curl -sS -X POST -H 'Accept: text/plain' -u YOUR_ADDRESS ${shellQuote(`${publicUrl}/login`)})`,
      `curl -OJ -H "Authorization: Bearer $TOKEN" ${shellQuote(downloadUrl)}`,
    ],
  }
  return {
    from,
    to,
    subject: `Your audio is ready: ${facts.fileName}`,
    text: audioReadyText(facts),
    html: audioReadyHtml(facts),
    messageId: messageIdOf(audio.jobId, from.address),
  }
}

function shellQuote(url: string): string {
  return `'${url.replaceAll("'", '%27')}'`
}

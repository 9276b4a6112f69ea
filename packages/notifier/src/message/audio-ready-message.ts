import { type MailAddress, messageIdOf, type OutgoingMail } from '../mail/outgoing-mail.ts'
import { displayFileName, escapeHtml, formatDuration, formatSize } from './display-values.ts'

/** The finished conversion that a mail is about. */
export interface ReadyAudio {
  /** Id of the conversion's job. */
  jobId: string
  fileName: string
  sizeBytes: number
  durationSeconds: number
}

export interface MessageOptions {
  from: MailAddress
  /** The owner's address. */
  to: string
  /** The gateway's address as users see it, without a trailing slash. */
  publicUrl: string
}

/** What both bodies of the mail say. Each value is one line of plain text. */
interface Facts {
  fileName: string
  /** Such as `8.4 MB, 3 min 20 s`. */
  extent: string
  jobId: string
  downloadUrl: string
  /** Shell commands that download the file. Every URL in them is quoted for the shell. */
  commands: readonly string[]
}

/** The mail "Your audio is ready" for the owner of a video. */
export function audioReadyMessage(audio: ReadyAudio, { from, to, publicUrl }: MessageOptions): OutgoingMail {
  const downloadUrl = `${publicUrl}/jobs/${encodeURIComponent(audio.jobId)}/audio`
  const facts: Facts = {
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
    text: asText(facts),
    html: asHtml(facts),
    messageId: messageIdOf(audio.jobId, from.address),
  }
}

function shellQuote(url: string): string {
  return `'${url.replaceAll("'", '%27')}'`
}

function asText({ fileName, extent, jobId, downloadUrl, commands }: Facts): string {
  return `Hello,

the audio of your video is ready:

    ${fileName}
    ${extent}

It is here, for whoever sends your access token along:

    ${downloadUrl}

With curl (the first command asks for your password):

${commands.map(command => `    ${command}`).join('\n')}

This message was sent automatically, about job ${jobId}.
`
}

/** A plain page without images, foreign styles or anything that reports when the mail is read. */
function asHtml(facts: Facts): string {
  const downloadUrl = escapeHtml(facts.downloadUrl)
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Your audio is ready</title></head>
<body>
<p>Hello,</p>
<p>the audio of your video is ready:</p>
<p><strong>${escapeHtml(facts.fileName)}</strong><br>${escapeHtml(facts.extent)}</p>
<p>It is here, for whoever sends your access token along:<br><a href="${downloadUrl}">${downloadUrl}</a></p>
<p>With curl (the first command asks for your password):</p>
<pre>${facts.commands.map(escapeHtml).join('\n')}</pre>
<p>This message was sent automatically, about job ${escapeHtml(facts.jobId)}.</p>
</body>
</html>
`
}

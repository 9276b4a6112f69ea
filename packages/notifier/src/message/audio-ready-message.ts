import { type MailAddress, messageIdOf, type OutgoingMail } from '../mail/outgoing-mail.ts'
import { displayFileName, displayTime, formatDuration, formatSize } from './display-values.ts'
import { commands, facts, link, paragraph, renderLetter } from './letter.ts'

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
  /** Whether this is the last mail that the owner gets for a while. @default false */
  isLast?: boolean
}

/** Where the audio can be had without logging in. */
export interface AudioLink {
  url: string
  expiresAt: Date
}

/** The mail "Your audio is ready" for the owner of a video. */
export function audioReadyMessage(
  audio: ReadyAudio,
  { url, expiresAt }: AudioLink,
  { from, to, publicUrl, isLast = false }: MessageOptions,
): OutgoingMail {
  const fileName = displayFileName(audio.fileName)
  const extent = `${formatSize(audio.sizeBytes)}, ${formatDuration(audio.durationSeconds)}`
  const jobUrl = `${publicUrl}/jobs/${encodeURIComponent(audio.jobId)}/audio`
  return {
    from,
    to,
    subject: `Your audio is ready: ${fileName}`,
    ...renderLetter({
      title: 'Your audio is ready',
      blocks: [
        paragraph('the audio of your video is ready:'),
        facts(fileName, extent),
        paragraph(`This link downloads it, for whoever has the link, until ${displayTime(expiresAt)}:`),
        link(url),
        paragraph('With curl:'),
        commands(`curl -OJ ${shellQuote(url)}`),
        paragraph('Afterwards it is still here, for whoever sends your access token along:'),
        link(jobUrl),
        ...(isLast ? [paragraph(lastMail(publicUrl))] : []),
      ],
      footer: `This message was sent automatically, about job ${displayFileName(audio.jobId)}.`,
    }),
    messageId: messageIdOf(audio.jobId, from.address),
  }
}

/** What the last mail within an hour says. */
export function lastMail(publicUrl: string): string {
  return `You have had many mails within an hour. About more conversions no mail is sent for a while; ${publicUrl}/jobs lists all of them.`
}

function shellQuote(url: string): string {
  return `'${url.replaceAll("'", '%27')}'`
}

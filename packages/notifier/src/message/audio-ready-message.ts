import { type ConversionWarning, type Language, textOf } from '@jackalope/contracts'
import { messageIdOf, type OutgoingMail } from '../mail/outgoing-mail.ts'
import { displayFileName, displayReason, displayTime, formatDuration, formatSize } from './display-values.ts'
import { fill, type MailTexts, textsIn } from './language.ts'
import { type Block, commands, facts, link, paragraph, renderLetter } from './letter.ts'
import { jobLetter, type MessageOptions } from './message-options.ts'

/** The finished conversion that a mail is about. */
export interface ReadyAudio {
  /** Id of the conversion's job. */
  jobId: string
  fileName: string
  sizeBytes: number
  durationSeconds: number
  /** What is wrong with the recording. @default nothing */
  warnings?: readonly Pick<ConversionWarning, 'code' | 'text' | 'explanation'>[]
}

/** Where the audio can be had without logging in. */
export interface AudioLink {
  url: string
  expiresAt: Date
}

/** Most warnings that a mail lists. */
const maxWarnings = 10

/** The mail "Your audio is ready" for the owner of a file. */
export function audioReadyMessage(
  audio: ReadyAudio,
  { url, expiresAt }: AudioLink,
  options: MessageOptions,
): OutgoingMail {
  const { from, to, publicUrl, language, unsubscribeUrl } = options
  const texts = textsIn(language)
  const { title, subject, intro, play, download, curl, later } = texts.audioReady
  const file = displayFileName(audio.fileName, language)
  const extent = `${formatSize(audio.sizeBytes, language)}, ${formatDuration(audio.durationSeconds, language)}`
  const blocks = [
    ...[paragraph(intro), facts(file, extent), ...warningBlocks(audio, texts, language)],
    ...[paragraph(fill(download, { until: displayTime(expiresAt, language) })), link(url)],
    ...[paragraph(play), link(`${url}&inline=1`)],
    ...[paragraph(curl), commands(`curl -OJ ${shellQuote(url)}`)],
    ...[paragraph(later), link(`${publicUrl}/jobs/${encodeURIComponent(audio.jobId)}/audio`)],
  ]
  return {
    ...{ from, to, unsubscribeUrl, subject: fill(subject, { file }) },
    ...renderLetter(jobLetter({ jobId: audio.jobId, title, blocks }, options)),
    messageId: messageIdOf(audio.jobId, from.address),
  }
}

function warningBlocks({ warnings = [] }: ReadyAudio, texts: MailTexts, language?: Language): Block[] {
  if (warnings.length === 0) return []
  // Of a converter of an earlier version there is a text in English alone.
  const known: Readonly<Record<string, string>> = texts.warnings
  const lines = warnings.slice(0, maxWarnings).map(({ code, text, explanation }) => {
    const told = explanation && textOf(explanation, language)
    return told === undefined
      ? fill(known[code] ?? '{text}', { text: displayReason(text) })
      : displayReason(told)
  })
  return [paragraph(texts.audioReady.warnings), ...lines.map(paragraph)]
}

function shellQuote(url: string): string {
  return `'${url.replaceAll("'", '%27')}'`
}

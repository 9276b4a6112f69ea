import { textOf } from '@jackalope/contracts/explanations'
import type { Job } from '../jobs/job.ts'
import type { Language } from '../texts/choose-language.ts'
import type { files as english } from '../texts/en/files.ts'
import { formatPercent, formatRate, formatWait } from '../texts/format.ts'
import { formatBytes } from '../texts/format-amounts.ts'
import { secondsLeft } from '../uploads/speed-meter.ts'
import type { Upload } from '../uploads/upload-record.ts'

/** What a file's row says. */
export interface Description {
  /** Looks by the kind of state. */
  kind: 'running' | 'waiting' | 'attention' | 'done' | 'failed' | 'over'
  text: string
  /** How much of the whole way is behind, 0 to 100; `undefined` for no bar. */
  percent?: number
}

/** The part of the bar that the upload takes, in percent; the conversion takes the rest. */
export const uploadShare = 60

type Texts = typeof english

/** Describes a file that is being uploaded.
 *  @param wordError - why it was refused, in the reader's language */
export function describeUpload(
  upload: Upload,
  texts: Texts,
  locale: Language,
  wordError: (error: unknown) => string,
): Description {
  const { status, sentBytes, record, error } = upload
  const percent = (sentBytes / record.sizeBytes) * uploadShare
  switch (status) {
    case 'queued':
      return { kind: 'waiting', text: texts.state.queued, percent }
    case 'uploading':
      return { kind: 'running', text: describeSending(upload, texts, locale), percent }
    case 'stalled':
      return { kind: 'attention', text: texts.state.stalled, percent }
    case 'elsewhere':
      return { kind: 'waiting', text: texts.state.elsewhere, percent }
    case 'file-needed':
      return { kind: 'attention', text: texts.state.fileNeeded }
    case 'permission-needed':
      return { kind: 'attention', text: texts.state.permissionNeeded }
    case 'signed-out':
      return { kind: 'attention', text: texts.state.signedOut, percent }
    case 'refused':
      return { kind: 'failed', text: wordError(error) }
  }
}

function describeSending(
  { sentBytes, bytesPerSecond, record }: Upload,
  texts: Texts,
  locale: Language,
): string {
  const left = secondsLeft(record.sizeBytes - sentBytes, bytesPerSecond)
  const parts = [
    formatPercent((sentBytes / record.sizeBytes) * 100, locale),
    texts.state.bytesOf(formatBytes(sentBytes, locale), formatBytes(record.sizeBytes, locale)),
    bytesPerSecond > 0 && formatRate(bytesPerSecond, locale),
    left !== undefined && texts.state.timeLeft(formatWait(left, locale)),
  ]
  return texts.state.uploading(parts.filter(part => part !== false).join(' · '))
}

/** Describes a file that has been uploaded.
 *  @param place - in line, of a job that waits; `undefined` while nobody knows */
export function describeJob(job: Job, texts: Texts, locale: Language, place?: number): Description {
  const { state, stage, progress, waitingForUs } = job
  const percent = uploadShare + (progress / 100) * (100 - uploadShare)
  if (waitingForUs)
    return { kind: 'attention', text: explain(job, locale) ?? texts.state.waitsForUs, percent }
  switch (state) {
    case 'waiting':
      return { kind: 'waiting', text: describeWaiting(texts, locale, place), percent }
    case 'delayed':
      return { kind: 'waiting', text: texts.state.delayed, percent }
    case 'active':
      if (stage === 'storing') return { kind: 'running', text: texts.state.storing, percent }
      if (stage === 'converting')
        return { kind: 'running', text: texts.state.converting(formatPercent(progress, locale)), percent }
      return { kind: 'running', text: texts.state.fetching, percent }
    case 'completed':
      return { kind: 'done', text: texts.state.completed }
    case 'failed':
      return { kind: 'failed', text: explain(job, locale) ?? texts.state.failedForUs }
    case 'canceled':
      return { kind: 'over', text: texts.state.canceled }
    case 'expired':
      return { kind: 'over', text: texts.state.expired }
    default:
      return { kind: 'waiting', text: texts.state.unknown, percent }
  }
}

function describeWaiting(texts: Texts, locale: Language, place: number | undefined): string {
  if (place === undefined) return texts.state.waiting
  const number = new Intl.NumberFormat(locale).format(place)
  return `${texts.state.waiting} · ${texts.state.place(number)}`
}

/** Why a job failed or waits, in the reader's language; in English where there is no other text. */
function explain({ explanation, error }: Job, locale: Language): string | undefined {
  return (explanation && textOf(explanation, locale)) ?? error
}

type Warning = NonNullable<Job['result']>['warnings'][number]

/** What the owner should know of the audio, in the reader's language; in English where there is no other text. */
export function describeWarning({ text, explanation }: Warning, locale: Language): string {
  return (explanation && textOf(explanation, locale)) ?? text
}

import type { BlobInfo, BlobStore } from '@jackalope/blob-store'
import { type FailureReason, jobIdOfVideo, readEnd, resultField } from '@jackalope/contracts'
import { pagesOf } from '../pages-of.ts'
import type { Census } from './census.ts'

/** Days that are counted. */
export const countedDays = 30

/** Examples that are kept for each reason of a day. */
export const maxExamples = 5

/** Longest text of an example, in characters. */
const maxText = 300

/** Videos that are read at a time: no more than a few hundred bytes of each are held. */
const pageSize = 1_000

const dayMs = 86_400_000

/** Counts the conversions that stand as failed, by day and reason. Those that completed are not even read. */
export async function countFailures(
  { videos }: { videos: Pick<BlobStore, 'list'> },
  { now, signal }: { now: number; signal: AbortSignal },
): Promise<Census['failures']> {
  const since = new Date(now - countedDays * dayMs)
  const days = new Map<string, Map<string, FailureReason>>()
  const filter = { storedSince: since, lacks: [resultField] }
  for await (const page of pagesOf(videos, filter, signal, pageSize))
    for (const video of page) {
      const end = readEnd(video.metadata)
      if (end?.state === 'failed') addTo(days, video, end)
    }
  return [...days]
    .map(([day, reasons]) => ({ day, reasons: [...reasons.values()] }))
    .sort((one, other) => (one.day < other.day ? -1 : 1))
}

function addTo(
  days: Map<string, Map<string, FailureReason>>,
  { id, fileName, metadata }: BlobInfo,
  { explanation, error, finishedAt }: NonNullable<ReturnType<typeof readEnd>>,
): void {
  const code = explanation?.code ?? 'other'
  const day = finishedAt.slice(0, 10)
  const reasons = days.get(day) ?? new Map<string, FailureReason>()
  days.set(day, reasons)
  const known = reasons.get(code) ?? { code, count: 0, lastAt: finishedAt, examples: [] }
  const example = {
    jobId: jobIdOfVideo(id),
    ownerId: String(metadata.ownerId),
    fileName: fileName.slice(0, maxText),
    error: error.slice(0, maxText),
    finishedAt,
  }
  reasons.set(code, {
    code,
    count: known.count + 1,
    lastAt: finishedAt > known.lastAt ? finishedAt : known.lastAt,
    // Videos come newest first.
    examples: known.examples.length < maxExamples ? [...known.examples, example] : known.examples,
  })
}

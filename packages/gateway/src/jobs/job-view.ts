import type { BlobInfo } from '@jackalope/blob-store'
import {
  type ConversionResult,
  convertVideo,
  type JobView,
  jobIdOfVideo,
  type LastAttempt,
  readEnd,
  readResult,
} from '@jackalope/contracts'
import { type ConversionState, waitingForUs } from './conversion-state.ts'
import { showExpiry } from './expiry.ts'

/** Shows a conversion to the owner of its video.
 *
 *  The end of it in the video's metadata takes precedence, with its attempt and its times: it is claimed there before Redis
 *  hears of it, and stays when Redis has lost or removed the job. So the job does not end twice, in parts.
 *  @param known - Redis' record of the job, if there is one
 *  @param idleSince - since when no converter has taken jobs */
export function viewJob(video: BlobInfo, known: ConversionState | undefined, idleSince?: Date): JobView {
  const { result, end, last } = readClaims(video)
  const view: JobView = {
    id: jobIdOfVideo(video.id),
    state: known?.state ?? 'unknown',
    progress: known?.progress ?? 0,
    stage: known?.stage,
    fileName: video.fileName,
    attemptsMade: last?.attemptsMade ?? known?.attemptsMade ?? 0,
    attempts: known?.attempts ?? convertVideo.attempts,
    createdAt: video.storedAt.toISOString(),
    startedAt: last?.startedAt ?? known?.startedAt?.toISOString(),
    finishedAt: last?.finishedAt ?? known?.finishedAt?.toISOString(),
    error: known?.failure?.text,
    explanation: known?.failure?.explanation,
    waitingForUs: known?.waitForUs,
  }
  const ended = { stage: undefined, waitingForUs: undefined }
  const completed = result ?? known?.result
  if (completed)
    return showExpiry(video, {
      ...view,
      ...ended,
      ...{ state: 'completed', progress: 100, error: undefined, explanation: undefined },
      // An earlier version has claimed no attempt: then the one that Redis still runs counts.
      attemptsMade: Math.max(1, view.attemptsMade),
      result: completed,
    })
  if (end) {
    const { state, error, explanation } = end
    return showExpiry(video, { ...view, ...ended, state, error, explanation })
  }
  return showExpiry(video, idleSince && view.state === 'waiting' ? waitsForUs(view, idleSince) : view)
}

/** No converter takes jobs, so this one waits for us, tried or not. */
function waitsForUs(view: JobView, idleSince: Date): JobView {
  const since = new Date(Math.max(idleSince.getTime(), Date.parse(view.createdAt))).toISOString()
  const { text: error, explanation } = waitingForUs
  return { ...view, error, explanation, waitingForUs: view.waitingForUs ?? { since, pauses: 0 } }
}

interface Claims {
  result?: ConversionResult
  end?: ReturnType<typeof readEnd>
  /** The attempt that ended the job. */
  last?: LastAttempt
}

/** What the video's metadata say of the end of its conversion. */
export function readClaims({ metadata }: Pick<BlobInfo, 'metadata'>): Claims {
  const { last, ...result } = readResult(metadata) ?? {}
  if ('audioId' in result) return { result, last }
  const end = readEnd(metadata)
  return { end, last: end }
}

/** Whether the video's metadata tell all that its owner is to know of its conversion. */
export function hasEnded(video: Pick<BlobInfo, 'metadata'>): boolean {
  const { result, end } = readClaims(video)
  return result !== undefined || end !== undefined
}

/** Shows a conversion whose job has just been added. */
export function viewNewJob(video: BlobInfo): JobView {
  return viewJob(video, { state: 'waiting', progress: 0, attemptsMade: 0, attempts: convertVideo.attempts })
}

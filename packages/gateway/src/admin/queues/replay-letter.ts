import type { BlobInfo } from '@jackalope/blob-store'
import {
  convertVideo,
  type DeadLetterReplay,
  isEnded,
  type OperatedQueueName,
  readResult,
  videoIdOfJob,
} from '@jackalope/contracts'
import { adminQueues, jobs } from '@jackalope/contracts/api'
import { HttpProblem, problem, unavailable } from '@jackalope/service-kit'
import type { Replay } from '@jackalope/worker-kit'
import { readJobs } from '../../jobs/find-own-job.ts'
import { beginRetry } from '../../jobs/retry-job.ts'
import type { AdminDeps } from '../admin-deps.ts'
import { hidePrivateText } from '../hide-private.ts'
import { onDeadLetters } from './dead-letters-of.ts'

type Outcome = DeadLetterReplay['outcome']

interface Letter {
  queue: OperatedQueueName
  id: string
}

/** Runs a dead job again, with all its attempts.
 *  @throws {HttpProblem} 409 if it cannot be replayed, 503 when a server is away */
export async function replayLetter(letter: Letter, deps: AdminDeps): Promise<Outcome> {
  const videoId = letter.queue === convertVideo.name ? videoIdOfJob(letter.id) : undefined
  return videoId === undefined ? await replayJob(letter, deps) : await replayConversion(letter, videoId, deps)
}

async function replayJob({ queue, id }: Letter, deps: AdminDeps): Promise<Outcome> {
  const replays = await onDeadLetters(
    queue,
    dead => dead.replay({ ids: [id] }, { resetAttempts: true }),
    deps,
  )
  // A job that died several times has several letters; one of them runs it.
  for (const outcome of ['retried', 'rebuilt'] as const)
    if (replays.some(replay => replay.outcome === outcome)) return outcome
  for (const replay of replays) throwRefusal(replay)
  return 'moved-on'
}

/** A conversion begins a new round, as its owner's retry does: its end stands on the video, and would hide what comes out of
 *  the replay. */
async function replayConversion(letter: Letter, videoId: string, deps: AdminDeps): Promise<Outcome> {
  const video = await deps.videos.stat(videoId)
  if (!video) throw notReplayable('The uploaded file was deleted.')
  if (readResult(video.metadata)) return 'moved-on'
  if (video.contentRemovedAt) throw sourceIsGone()
  if (!(await retryEnded(video, deps))) return 'moved-on'
  // After the retry: a letter of a job that was not put into line must not be lost.
  await onDeadLetters(letter.queue, dead => dead.purge({ ids: [letter.id] }), deps)
  return 'retried'
}

async function retryEnded(video: BlobInfo, deps: AdminDeps): Promise<boolean> {
  const [view] = await readJobs([video], deps.conversions)
  if (!view || (!isEnded(view.state) && view.state !== 'unknown')) return false
  try {
    // An operator's replay does not count against what the owner may have in work.
    return await beginRetry(video, view, { ...deps, uploadLimits: undefined })
  } catch (error) {
    if (error instanceof HttpProblem && error.status === jobs.sourceExpired.status) throw sourceIsGone()
    throw error
  }
}

function throwRefusal({ outcome, error }: Replay): void {
  if (outcome === 'refused') throw notReplayable(hidePrivateText(error?.message ?? ''))
  if (outcome === 'failed') throw unavailable('The queue', { cause: error })
}

function sourceIsGone(): HttpProblem {
  return notReplayable('The uploaded file was removed, since its time was over.')
}

function notReplayable(detail: string): HttpProblem {
  return problem(adminQueues.deadLetterNotReplayable, { detail })
}

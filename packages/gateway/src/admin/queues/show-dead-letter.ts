import type { DeadLetterDetails, DeadLetterView } from '@jackalope/contracts'
import type { DeadLetter } from '@jackalope/worker-kit'
import { hidePrivate, hidePrivateText } from '../hide-private.ts'

/** A dead letter in a list. */
export function showDeadLetter(letter: DeadLetter): DeadLetterView {
  const { id, kind, copies } = letter
  if (kind === 'malformed') {
    const { reason, at } = letter
    return { id, kind, reason: hidePrivateText(reason), at: at?.toISOString(), copies }
  }
  const { failure, status, data } = letter
  return {
    ...{ id, kind, copies, status },
    reason: hidePrivateText(failure.reason),
    at: failure.at.toISOString(),
    attemptsMade: failure.attemptsMade,
    ownerId: ownerOf(data),
  }
}

/** A dead letter with all that operators may see. The body of a message that was no job may be anything: its size is told. */
export function showDeadLetterDetails(letter: DeadLetter): DeadLetterDetails {
  const view = showDeadLetter(letter)
  if (letter.kind === 'malformed') return { ...view, stacktraces: [], sizeBytes: letter.body.length }
  const { stamp, name, addedAt, job, data, failure } = letter
  const { starts, stalls, startedAt, worker, stacktraces } = failure
  return {
    ...view,
    ...{ stamp, name, job, starts, stalls, worker },
    addedAt: addedAt.toISOString(),
    startedAt: startedAt?.toISOString(),
    data: hidePrivate(data),
    stacktraces: stacktraces.map(hidePrivateText),
  }
}

function ownerOf(data: unknown): string | undefined {
  const { ownerId, userId } = Object(data) as Record<string, unknown>
  return [ownerId, userId].find(id => typeof id === 'string' && id.length <= 100) as string | undefined
}

import { type OperatedQueueName, operatedQueues } from '@jackalope/contracts'
import { adminQueues } from '@jackalope/contracts/api'
import { problem, unavailable } from '@jackalope/service-kit'
import { type DeadLetter, type DeadLetters, WorkerKitError } from '@jackalope/worker-kit'
import type { OperatorKit } from '../operator-kit.ts'

/** Runs a call on the dead letters of a queue.
 *  @throws {HttpProblem} 503: `dead-letters-busy` while another process reads them, `unavailable` when a server is away */
export async function onDeadLetters<T>(
  name: OperatedQueueName,
  call: (letters: DeadLetters) => Promise<T>,
  { operatorKit }: { operatorKit: OperatorKit },
): Promise<T> {
  const kit = await operatorKit.get()
  const definition = operatedQueues.find(each => each.name === name) as (typeof operatedQueues)[number]
  try {
    return await call(kit.deadLetters(definition))
  } catch (error) {
    if (error instanceof WorkerKitError && error.code === 'ERR_DEAD_LETTERS_BUSY')
      throw problem(adminQueues.deadLettersBusy, {
        detail: 'Another process reads these dead letters. Try again in 5 seconds.',
        headers: { 'Retry-After': '5' },
        cause: error,
      })
    throw unavailable('The queue of dead letters', { cause: error })
  }
}

/** The dead letters of one job, oldest first.
 *  @throws {HttpProblem} 404 if there is none, and as `onDeadLetters` */
export async function findLetters(
  { queue, id }: { queue: OperatedQueueName; id: string },
  deps: { operatorKit: OperatorKit },
): Promise<DeadLetter[]> {
  const letters = await onDeadLetters(queue, dead => dead.get(id), deps)
  if (letters.length === 0)
    throw problem(adminQueues.deadLetterUnknown, {
      detail: `The queue ${queue} has no dead letter of a job ${JSON.stringify(id.slice(0, 100))}.`,
    })
  return letters
}

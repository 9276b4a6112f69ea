import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeadLetterWriter } from '../../src/dead-letters/dead-letter-writer.ts'
import { Deliveries } from '../../src/worker/deliveries.ts'
import { JobFinisher } from '../../src/worker/finish-job.ts'
import type { FinishStartBatcher } from '../../src/worker/finish-start-batcher.ts'
import type { JobMover } from '../../src/worker/move-job.ts'
import { NextJobSource } from '../../src/worker/next-job.ts'
import { OutcomeRecorder, type OwnedJob } from '../../src/worker/record-outcome.ts'
import { RunSettler } from '../../src/worker/settle-run.ts'
import type { NextJob } from '../../src/worker/start-job.ts'
import { Fence } from '../../src/worker/takeover/fence.ts'
import { delivery } from '../support/delivery.ts'

/** A worker that runs the job `a`, in front of servers that answer as told. */
function running({ finishes, starts }: { finishes: (number | Error)[]; starts: string[] }) {
  const happened: string[] = []
  const deliveries = new Deliveries()
  deliveries.start(delivery('a', { ack: () => happened.push('ack') }), 'token')
  const fence = new Fence()
  const outcomes = new OutcomeRecorder({
    client: async () => ({ status: 'ready' }) as never,
    lockDurationMs: 30_000,
    extendLock: async () => 1,
    isClosing: () => false,
    onError: error => happened.push(error.message),
  })
  const nextJobs = new NextJobSource({
    deliveries,
    starter: {
      async startNext() {
        const id = starts.shift()
        return id === undefined ? undefined : ([{}, id, 0, 0] satisfies NextJob)
      },
    },
    open: async () => undefined,
    waiting: () => 0,
    countWaiting: async () => 0,
    callMs: () => 1,
    isWorkerRunning: () => true,
    isClosing: () => false,
    onError: error => assert.fail(error),
  })
  const finisher = new JobFinisher({
    deadLetters: { write: async () => happened.push('letter') } as unknown as DeadLetterWriter,
    nextJobs,
    batcher: {
      async finish() {
        const result = finishes.shift() as number | Error
        if (result instanceof Error) throw result
        happened.push('finish')
        return result
      },
    } as unknown as FinishStartBatcher,
    outcomes,
    runs: new RunSettler({ deliveries, fence, onRunEnded: () => undefined }),
    mover: {
      async moveToWait({ jobId }: OwnedJob) {
        happened.push(`${jobId} back to wait`)
        return 0
      },
    } as unknown as JobMover,
    fence,
    errorOf: code => Object.assign(new Error(`code ${code}`), { code }),
    hasFinished: async () => false,
    onError: error => assert.fail(error),
  })
  const job = { jobId: 'a', token: 'token', fetchNext: true, finishArgs: () => [] }
  return { happened, finisher, job }
}

const busy = new Error('BUSY Redis is busy running a script.')

test('R3, R9: the dead letter, the finish, the acknowledgement, and then the next job', async () => {
  const { happened, finisher, job } = running({ finishes: [0], starts: ['next'] })
  const { result } = await finisher.fail(job, { reason: 'broken', stacktrace: undefined })
  assert.deepEqual(happened, ['letter', 'finish', 'ack'])
  assert.equal(result?.[1], 'next')
})

test('a next job that started while the finish was refused goes back to wait, and is not handed on', async () => {
  const { happened, finisher, job } = running({ finishes: [busy, busy, 0], starts: ['next', 'following'] })
  const { result } = await finisher.complete(job)
  assert.deepEqual(happened, [busy.message, 'next back to wait', busy.message, 'finish', 'ack'])
  assert.equal(result?.[1], 'following')
})

test('an outcome that Redis refuses for good is not offered again, and its next job goes back to wait', async () => {
  const { happened, finisher, job } = running({ finishes: [-6], starts: ['next'] })
  await assert.rejects(finisher.complete(job), /code -6/)
  assert.deepEqual(happened, ['finish', 'next back to wait'])
})

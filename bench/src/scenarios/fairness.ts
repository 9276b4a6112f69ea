import { untilDone } from '../comparison/drain.ts'
import { closeStage, openStage, openWorkers, type Stage } from '../comparison/stage.ts'
import { verifyTrial } from '../comparison/verify-trial.ts'
import type { ContestantName } from '../contestants.ts'
import { renderTable } from '../report/table.ts'
import { percentile } from '../statistics.ts'
import { idleWaits } from './idle-waits.ts'
import type { Scenario, ScenarioDeps } from './scenario.ts'

const workerCount = 2
const payloadBytes = 200
const slowMs = 3_000

/** Short jobs take longer where more run at once, so that running them, not handing them out, is the work. */
const settings = [
  { concurrency: 1, shortMs: 5, shortJobs: 1_500 },
  { concurrency: 10, shortMs: 50, shortJobs: 2_000 },
]
type Setting = (typeof settings)[number]

/** What the project promises: the longest wait beside an idle worker, in milliseconds. */
const longestIdleWaitMs = 100

interface Row {
  contestant: ContestantName
  concurrency: number
  longestIdleWaitMs: number
  p99IdleWaitMs: number
}

/** Short jobs, in their midst as many slow ones as a worker runs at once, two workers: no job may wait for a worker that
 *  is busy with a slow one when the other has nothing to do.
 *  @throws {Error} when a job of worker-kit waits longer than promised */
export const fairness: Scenario = async ({ contestants = ['quorum', 'classic', 'stock'], share }, deps) => {
  const rows: Row[] = []
  for (const setting of settings)
    for (const name of contestants) {
      const stage = await openStage(name, deps.servers, workerCount)
      try {
        // Warms up the processes: code that is not compiled yet is slow for everybody.
        await measureFairness(stage, setting, share * warmUpShare, deps)
        const row = await measureFairness(stage, setting, share, deps)
        deps.say(
          `  ${name}, concurrency ${row.concurrency}: longest wait ${row.longestIdleWaitMs.toFixed(1)} ms`,
        )
        rows.push(row)
      } finally {
        await closeStage(stage)
      }
    }
  const table = render(rows)
  const unfair = rows.filter(
    row => ['quorum', 'classic'].includes(row.contestant) && row.longestIdleWaitMs > longestIdleWaitMs,
  )
  if (unfair.length > 0) throw new Error(`a job waited too long beside an idle worker:\n${table}`)
  return { table, rows }
}

const warmUpShare = 0.2

let measured = 0

async function measureFairness(
  stage: Stage,
  { concurrency, shortMs, shortJobs }: Setting,
  share: number,
  { signal }: ScenarioDeps,
): Promise<Row> {
  const { contestant, access, producer, workers } = stage
  measured += 1
  const queue = `${contestant.name}-fairness-${measured}`
  const shortOnes = Array.from({ length: Math.max(100, Math.round(shortJobs * share)) }, () => shortMs)
  const slowOnes = Array.from({ length: concurrency }, () => slowMs)
  // In their midst: by then the workers have seen that jobs are short.
  const works = shortOnes.toSpliced(Math.round(shortOnes.length / 3), 0, ...slowOnes)
  await producer.call('open', access, [queue])
  await openWorkers(stage, { queues: [queue], concurrency, jobs: works.length, keepRuns: true })
  await producer.call('addWork', works, payloadBytes)
  for (const worker of workers) await worker.call('run')
  await untilDone(workers, works.length, signal)
  const runs = await Promise.all(workers.map(worker => worker.call('times')))
  await verifyTrial(stage, works.length)
  await producer.call('remove')
  const waitsMs = idleWaits(runs, concurrency).map(micros => micros / 1_000)
  return {
    contestant: contestant.name,
    concurrency,
    longestIdleWaitMs: Math.max(...waitsMs),
    p99IdleWaitMs: percentile(waitsMs, 99),
  }
}

function render(rows: readonly Row[]): string {
  return renderTable(
    ['wait beside an idle worker', 'concurrency', 'longest (ms)', 'p99 (ms)', 'promised'],
    rows.map(row => [
      row.contestant,
      String(row.concurrency),
      row.longestIdleWaitMs.toFixed(1),
      row.p99IdleWaitMs.toFixed(1),
      row.contestant.startsWith('stock') ? '' : `<= ${longestIdleWaitMs}`,
    ]),
  )
}

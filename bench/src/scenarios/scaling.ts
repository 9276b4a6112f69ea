import { join } from 'node:path'
import { runUntilDone } from '../comparison/drain.ts'
import { type CpuPerJob, observe } from '../comparison/observe.ts'
import { closeStage, openStage, openWorkers, type Stage } from '../comparison/stage.ts'
import { verifyTrial } from '../comparison/verify-trial.ts'
import type { ContestantName } from '../contestants.ts'
import { renderTable } from '../report/table.ts'
import { type Summary, summarize } from '../statistics.ts'
import type { Scenario, ScenarioDeps } from './scenario.ts'

const workerCounts = [1, 2, 4]
const queueCounts = [1, 4, 16]
const concurrency = 10
const payloadBytes = 200

/** Jobs that do nothing keep the processors busy; jobs that wait show what is left when the processors are not the limit. */
const kinds = [
  { title: 'no-op jobs', workMs: 0, jobs: 20_000 },
  { title: 'jobs of 20 ms', workMs: 20, jobs: 4_000 },
]

interface Row {
  contestant: ContestantName
  kind: string
  workers: number
  queues: number
  jobsPerSecond: Summary
  /** CPU time for one job, the median of the rounds, in microseconds. */
  cpuMicros: CpuPerJob
}

interface Drained {
  jobsPerSecond: number
  cpuMicros: CpuPerJob
}

/** How many jobs a second are done by 1, 2 and 4 worker processes, from 1, 4 and 16 queues; every worker process
 *  consumes every queue, with a concurrency of 10 each. */
export const scaling: Scenario = async (plan, deps) => {
  const names = plan.contestants ?? ['stock-always', 'stock', 'quorum']
  const rows: Row[] = []
  const { workers: wantedWorkers = workerCounts, queues: wantedQueues = queueCounts } = plan
  for (const workers of wantedWorkers)
    for (const name of names) {
      const stage = await openStage(name, deps.servers, workers)
      try {
        for (const queues of wantedQueues)
          for (const { title, workMs, jobs } of kinds) {
            const count = Math.max(200, Math.round(jobs * plan.share))
            const drain = (profile?: string) =>
              drainOnce(stage, { queues, workMs, jobs: count, profile }, deps)
            // Warms up the processes.
            await drain()
            const rounds: Drained[] = []
            for (let round = 0; round < plan.rounds; round += 1) rounds.push(await drain())
            // Not one of the rounds: a profile slows the worker down.
            if (plan.profileDir !== undefined)
              await drain(join(plan.profileDir, `${name}.${workers}x${queues}.${workMs}ms`))
            const jobsPerSecond = summarize(rounds.map(({ jobsPerSecond }) => jobsPerSecond))
            const cpuMicros = medianCpu(rounds)
            rows.push({ contestant: name, kind: title, workers, queues, jobsPerSecond, cpuMicros })
            const figures = `${show(jobsPerSecond)}, CPU ${showCpu(cpuMicros)}`
            deps.say(`  ${name}, ${title}, ${workers} workers, ${queues} queues: ${figures}`)
          }
      } finally {
        await closeStage(stage)
      }
    }
  const tables = [
    render(rows, names, wantedWorkers, wantedQueues, 'jobs/s, median (min-max)', row =>
      show(row.jobsPerSecond),
    ),
    render(
      rows,
      names,
      wantedWorkers,
      wantedQueues,
      'CPU microseconds per job: Node.js + Redis + RabbitMQ',
      row => showCpu(row.cpuMicros),
    ),
  ]
  return { table: tables.join('\n\n'), rows }
}

let drains = 0

async function drainOnce(
  stage: Stage,
  { queues, workMs, jobs, profile }: { queues: number; workMs: number; jobs: number; profile?: string },
  { signal }: ScenarioDeps,
): Promise<Drained> {
  drains += 1
  const names = Array.from({ length: queues }, (_, i) => `${stage.contestant.name}-${drains}-${i}`)
  await stage.producer.call('open', stage.access, names)
  // One by one into the queues in turn: each gets its share, in whatever order the workers take them.
  await stage.producer.call('fill', { jobs, mode: 'fifty', payloadBytes, workMs })
  await openWorkers(stage, { queues: names, concurrency, jobs })
  const { result: tookMs, cpuMicros } = await observe(stage, profile, jobs, file =>
    runUntilDone(stage.workers, jobs, signal, file),
  )
  await verifyTrial(stage, jobs)
  await stage.producer.call('remove')
  return { jobsPerSecond: (jobs / tookMs) * 1_000, cpuMicros }
}

const processes = ['worker', 'redis', 'rabbitmq'] as const

function medianCpu(rounds: readonly Drained[]): CpuPerJob {
  const medians = processes.flatMap(name => {
    const values = rounds.flatMap(({ cpuMicros }) => cpuMicros[name] ?? [])
    return values.length === 0 ? [] : [[name, summarize(values).median] as const]
  })
  return Object.fromEntries(medians)
}

function render(
  rows: readonly Row[],
  names: readonly ContestantName[],
  workerCounts: readonly number[],
  queueCounts: readonly number[],
  title: string,
  cell: (row: Row) => string,
): string {
  const places = kinds.flatMap(({ title }) =>
    workerCounts.flatMap(workers => queueCounts.map(queues => ({ title, workers, queues }))),
  )
  return renderTable(
    [title, ...names],
    places.map(({ title, workers, queues }) => [
      `${title}: ${workers} workers, ${queues} queues`,
      ...names.map(name => {
        const row = rows.find(
          one =>
            one.contestant === name && one.kind === title && one.workers === workers && one.queues === queues,
        )
        return row ? cell(row) : ''
      }),
    ]),
  )
}

function show({ median, min, max }: Summary): string {
  return `${median.toFixed(0)} (${min.toFixed(0)}-${max.toFixed(0)})`
}

function showCpu(cpuMicros: CpuPerJob): string {
  return processes.flatMap(name => cpuMicros[name]?.toFixed(0) ?? []).join(' + ')
}

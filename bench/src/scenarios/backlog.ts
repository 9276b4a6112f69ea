import { readFileSync } from 'node:fs'
import { nowMicros } from '../clock.ts'
import { untilDone } from '../comparison/drain.ts'
import { closeStage, openStage, openWorkers, type Stage } from '../comparison/stage.ts'
import { verifyTrial } from '../comparison/verify-trial.ts'
import type { ContestantName } from '../contestants.ts'
import { renderTable } from '../report/table.ts'
import { dataBytes } from '../servers.ts'
import type { Scenario, ScenarioDeps } from './scenario.ts'

const payloadBytes = 1_024
const concurrency = 50

/** Part of the backlog whose draining is timed at either end. */
const endShare = 0.05

interface Row {
  contestant: ContestantName
  jobs: number
  addsPerSecond: number
  redisBytesPerJob?: number
  brokerMiBBefore?: number
  brokerMiBFull?: number
  drainPerSecondAtStart: number
  drainPerSecondAtEnd: number
}

/** A long line: what it takes in Redis and in the broker, and whether its length slows the workers down. */
export const backlog: Scenario = async (
  { contestants = ['stock', 'quorum', 'quorum-start'], jobs },
  deps,
) => {
  const rows: Row[] = []
  for (const name of contestants) {
    const stage = await openStage(name, deps.servers)
    try {
      rows.push(await measureBacklog(stage, jobs, deps))
    } finally {
      await closeStage(stage)
    }
  }
  return { table: render(rows), rows }
}

async function measureBacklog(stage: Stage, jobs: number, { say, signal }: ScenarioDeps): Promise<Row> {
  const { contestant, access, producer, redis, pids, workers } = stage
  const [broker] = pids.rabbitmq ?? []
  await producer.call('open', access, [`${contestant.name}-backlog`])
  const redisBefore = redis && (await dataBytes(redis))
  const brokerMiBBefore = residentMiB(broker)
  say(`  ${contestant.name}: adding ${jobs} jobs of ${payloadBytes} bytes`)
  const fillMs = await producer.call('fill', { jobs, mode: 'bulk', payloadBytes })
  const redisFull = redis && (await dataBytes(redis))
  const brokerMiBFull = residentMiB(broker)
  say(`  ${contestant.name}: draining`)
  await openWorkers(stage, { queues: [`${contestant.name}-backlog`], concurrency, jobs })
  const part = Math.max(1, Math.round(jobs * endShare))
  for (const worker of workers) await worker.call('run')
  const firstPartMs = await untilDone(workers, part, signal)
  const done = await countDone(stage)
  await untilDone(workers, jobs - part, signal)
  const [before, at] = [await countDone(stage), nowMicros()]
  await untilDone(workers, jobs, signal)
  const endedAt = (await workers[0].call('progress')).lastDoneAt ?? at
  await verifyTrial(stage, jobs)
  say(`  ${contestant.name}: every job ran exactly once`)
  await producer.call('remove')
  return {
    contestant: contestant.name,
    jobs,
    addsPerSecond: (jobs / fillMs) * 1_000,
    ...(redisBefore !== undefined &&
      redisFull !== undefined && { redisBytesPerJob: (redisFull - redisBefore) / jobs }),
    brokerMiBBefore,
    brokerMiBFull,
    drainPerSecondAtStart: (done / firstPartMs) * 1_000,
    drainPerSecondAtEnd: ((jobs - before) / (endedAt - at)) * 1_000_000,
  }
}

async function countDone({ workers }: Stage): Promise<number> {
  return (await workers[0].call('progress')).done
}

/** Memory that a process holds, in MiB. */
function residentMiB(pid: number | undefined): number | undefined {
  if (pid === undefined) return undefined
  const kib = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
  return kib === undefined ? undefined : Number(kib) / 1_024
}

function render(rows: readonly Row[]): string {
  const show = (value: number | undefined) => value?.toFixed(0) ?? ''
  return renderTable(
    [
      'backlog',
      ...['jobs', 'added/s', 'Redis bytes/job', 'broker MiB empty', 'broker MiB full'],
      ...['drained/s at the start', 'drained/s at the end'],
    ],
    rows.map(row => [
      row.contestant,
      ...[row.jobs, row.addsPerSecond, row.redisBytesPerJob].map(show),
      ...[row.brokerMiBBefore, row.brokerMiBFull].map(show),
      ...[row.drainPerSecondAtStart, row.drainPerSecondAtEnd].map(show),
    ]),
  )
}

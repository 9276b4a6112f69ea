import { latencyPaceMs, unmeasuredConcurrency } from '../measures.ts'
import { dataBytes, tidy } from '../servers.ts'
import { percentile } from '../statistics.ts'
import { runUntilDone, untilDone } from './drain.ts'
import { type CpuPerJob, observe, profileBase } from './observe.ts'
import { openWorkers, type Stage } from './stage.ts'
import type { TrialPlan } from './trial-plan.ts'
import { verifyTrial } from './verify-trial.ts'

export interface TrialFigures {
  /** In the measure's unit. */
  value: number
  /** Of a latency: the 99th percentile, in milliseconds. */
  p99?: number
  /** CPU time of each process for one job of the measured part, in microseconds. */
  cpuMicros: CpuPerJob
}

let trials = 0

/** Measures one thing once, on a queue of its own: fills it, empties it, and checks that every job ran exactly once.
 *  @throws {Error} when jobs were lost or ran twice */
export async function runTrial(stage: Stage, plan: TrialPlan): Promise<TrialFigures> {
  trials += 1
  const queue = `${stage.contestant.name}-${trials}`
  await stage.producer.call('open', stage.access, [queue])
  const figures = await measureOne(stage, plan, queue)
  await verifyTrial(stage, plan.jobs)
  await stage.producer.call('remove')
  if (stage.redis) await tidy(stage.redis)
  return figures
}

function measureOne(stage: Stage, plan: TrialPlan, queue: string): Promise<TrialFigures> {
  switch (plan.measure.kind) {
    case 'fill':
      return measureFill(stage, plan, queue, plan.measure.mode)
    case 'drain':
      return measureDrain(stage, plan, queue, plan.measure.concurrency)
    case 'latency':
      return measureLatency(stage, plan, queue)
    case 'memory':
      return measureMemory(stage, plan, queue)
  }
}

async function measureFill(
  stage: Stage,
  plan: TrialPlan,
  queue: string,
  mode: 'single' | 'fifty' | 'bulk',
): Promise<TrialFigures> {
  const { jobs, payloadBytes } = plan
  const { result: tookMs, cpuMicros } = await observe(stage, profileBase(stage, plan), jobs, profile =>
    stage.producer.call('fill', { jobs, mode, payloadBytes, profile }),
  )
  await openWorkers(stage, { queues: [queue], concurrency: unmeasuredConcurrency, jobs })
  await runUntilDone(stage.workers, jobs, plan.signal)
  return { value: (jobs / tookMs) * 1_000, cpuMicros }
}

/** From the start of the first job until the last one is recorded as completed. */
async function measureDrain(
  stage: Stage,
  plan: TrialPlan,
  queue: string,
  concurrency: number,
): Promise<TrialFigures> {
  const { jobs, payloadBytes } = plan
  await stage.producer.call('fill', { jobs, mode: 'bulk', payloadBytes })
  await openWorkers(stage, { queues: [queue], concurrency: concurrency, jobs })
  const { result: tookMs, cpuMicros } = await observe(stage, profileBase(stage, plan), jobs, profile =>
    runUntilDone(stage.workers, jobs, plan.signal, profile),
  )
  return { value: (jobs / tookMs) * 1_000, cpuMicros }
}

/** A worker that has nothing to do gets one job after another, far enough apart to be idle again. */
async function measureLatency(stage: Stage, plan: TrialPlan, queue: string): Promise<TrialFigures> {
  const { jobs, payloadBytes } = plan
  const first = Math.ceil(jobs / 10)
  await openWorkers(stage, { queues: [queue], concurrency: 1, jobs, keepRuns: true })
  const [worker] = stage.workers
  await worker.call('run')
  await stage.producer.call('pace', 0, first, latencyPaceMs, payloadBytes)
  await untilDone(stage.workers, first, plan.signal)
  const { cpuMicros } = await observe(stage, profileBase(stage, plan), jobs - first, async () => {
    await stage.producer.call('pace', first, jobs - first, latencyPaceMs, payloadBytes)
    await untilDone(stage.workers, jobs, plan.signal)
  })
  const times = await worker.call('times')
  const latenciesMs = times
    .filter(({ seq }) => seq >= first)
    .map(({ addedAt, startedAt }) => (startedAt - addedAt) / 1_000)
  return { value: percentile(latenciesMs, 50), p99: percentile(latenciesMs, 99), cpuMicros }
}

async function measureMemory(stage: Stage, plan: TrialPlan, queue: string): Promise<TrialFigures> {
  const { jobs, payloadBytes } = plan
  const before = stage.redis && (await dataBytes(stage.redis))
  await stage.producer.call('fill', { jobs, mode: 'bulk', payloadBytes })
  const after = stage.redis && (await dataBytes(stage.redis))
  await openWorkers(stage, { queues: [queue], concurrency: unmeasuredConcurrency, jobs })
  await runUntilDone(stage.workers, jobs, plan.signal)
  return { value: before === undefined || after === undefined ? 0 : (after - before) / jobs, cpuMicros: {} }
}

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { watchCpu } from '../cpu-time.ts'
import { commandTimes, forgetCommandTimes } from '../servers.ts'
import type { ProcessName, Stage } from './stage.ts'
import type { TrialPlan } from './trial-plan.ts'

export type CpuPerJob = Partial<Record<ProcessName, number>>

/** Does the measured part of a trial, and counts what it costs. With a folder for profiles, what Redis did goes there too.
 *  @param jobs - how many jobs the cost is for
 *  @param work - gets the file for its CPU profile, if one is wanted */
export async function observe<T>(
  stage: Stage,
  plan: TrialPlan,
  jobs: number,
  work: (profileFile: string | undefined) => Promise<T>,
): Promise<{ result: T; cpuMicros: CpuPerJob }> {
  const base = profileBase(stage, plan)
  if (base !== undefined && stage.redis) await forgetCommandTimes(stage.redis)
  const cpu = watchCpu(stage.pids)
  const result = await work(base && `${base}.cpuprofile`)
  const cpuMicros = perJob(cpu(), jobs)
  if (base !== undefined && stage.redis)
    await writeFile(`${base}.redis.txt`, renderCommandTimes(await commandTimes(stage.redis), jobs))
  return { result, cpuMicros }
}

function profileBase(
  { contestant }: Stage,
  { measure, payloadBytes, profileDir }: TrialPlan,
): string | undefined {
  return profileDir && join(profileDir, `${contestant.name}.${measure.name}.${payloadBytes}`)
}

function perJob(spent: CpuPerJob, jobs: number): CpuPerJob {
  return Object.fromEntries(Object.entries(spent).map(([name, micros]) => [name, micros / jobs]))
}

function renderCommandTimes(
  times: { command: string; calls: number; micros: number }[],
  jobs: number,
): string {
  const lines = times
    .toSorted((a, b) => b.micros - a.micros)
    .map(({ command, calls, micros }) =>
      [(micros / jobs).toFixed(2).padStart(8), (calls / jobs).toFixed(3).padStart(8), command].join('  '),
    )
  return `microseconds and calls for one job, by command; those of scripts count twice\n${lines.join('\n')}\n`
}

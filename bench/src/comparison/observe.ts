import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { watchCpu } from '../cpu-time.ts'
import { commandTimes, forgetCommandTimes } from '../servers.ts'
import type { ProcessName, Stage } from './stage.ts'
import type { TrialPlan } from './trial-plan.ts'

export type CpuPerJob = Partial<Record<ProcessName, number>>

/** Does the measured part of a trial, and counts what it costs. With a profile, what Redis did is written beside it.
 *  @param base - path of the profile's files without their endings; `undefined`: no profile
 *  @param jobs - how many jobs the cost is for
 *  @param work - gets the file for its CPU profile, if one is wanted */
export async function observe<T>(
  stage: Stage,
  base: string | undefined,
  jobs: number,
  work: (profileFile: string | undefined) => Promise<T>,
): Promise<{ result: T; cpuMicros: CpuPerJob }> {
  if (base !== undefined && stage.redis) await forgetCommandTimes(stage.redis)
  const cpu = watchCpu(stage.pids)
  const result = await work(base && `${base}.cpuprofile`)
  const cpuMicros = perJob(cpu(), jobs)
  if (base !== undefined && stage.redis)
    await writeFile(`${base}.redis.txt`, renderCommandTimes(await commandTimes(stage.redis), jobs))
  return { result, cpuMicros }
}

/** Where the profile of a trial goes, without the endings; `undefined` without a folder. */
export function profileBase(
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

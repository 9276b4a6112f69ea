import { type BullmqScriptName, requiredScripts, splitArguments } from '../bullmq-scripts.ts'
import { type CommandRunner, luaCommandPerStep } from '../command.ts'
import type { KnownClocks } from '../known-clocks.ts'

/** BullMQ's steps that add a job which is not published at once. */
const ineligibleSteps = [
  'addDelayedJob',
  'addPrioritizedJob',
  'addParentJob',
] as const satisfies BullmqScriptName[]
export type IneligibleStep = (typeof ineligibleSteps)[number]

export function isIneligibleStep(name: string): name is IneligibleStep {
  return (ineligibleSteps as readonly string[]).includes(name)
}

/** BullMQ's keys, then the clock. */
const run = luaCommandPerStep('add-ineligible-job', ineligibleSteps, step => requiredScripts[step] + 1)

/** Runs a step of BullMQ that adds such a job, and keeps ids from being given out twice after a flush (R7).
 *  @param args - BullMQ's: keys, then arguments
 *  @returns what the step returns */
export function addIneligibleJob(
  runner: CommandRunner,
  step: IneligibleStep,
  args: unknown[],
  clocks: KnownClocks,
): Promise<unknown> {
  const { keys, argv } = splitArguments(step, args)
  // A flow adds to several queues: the keys tell to which. Their order differs from step to step.
  const idKey = keys.find(key => key.endsWith(':id')) as string
  const clock = `${idKey.slice(0, -'id'.length)}clock`
  return run[step](runner, [...keys, clock], [...argv, clocks.note(clock)])
}

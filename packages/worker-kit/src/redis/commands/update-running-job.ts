import { type BullmqScriptName, requiredScripts, splitArguments } from '../bullmq-scripts.ts'
import { type CommandRunner, luaCommandPerStep } from '../command.ts'

/** BullMQ's steps that change a running job and check no token. */
const updateSteps = ['updateProgress', 'updateData', 'addLog'] as const satisfies BullmqScriptName[]
export type UpdateStep = (typeof updateSteps)[number]

export function isUpdateStep(name: string): name is UpdateStep {
  return (updateSteps as readonly string[]).includes(name)
}

/** BullMQ's keys, then the lock. */
const run = luaCommandPerStep('update-running-job', updateSteps, step => requiredScripts[step] + 1)

/** Runs a step of BullMQ that changes a running job, if the job is still locked with the token (R8).
 *  @param args - BullMQ's: keys, then arguments
 *  @returns what the step returns, or BullMQ's code: -1 no such job, -2 no lock, -6 locked with another token */
export function updateRunningJob(
  runner: CommandRunner,
  step: UpdateStep,
  args: unknown[],
  token: string,
): Promise<unknown> {
  const { keys, argv } = splitArguments(step, args)
  return run[step](runner, [...keys, `${keys[0]}:lock`], [...argv, token])
}

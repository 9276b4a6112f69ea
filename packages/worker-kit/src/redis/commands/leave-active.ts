import type { KeysMap } from 'bullmq'
import { type BullmqScriptName, requiredScripts, splitArguments } from '../bullmq-scripts.ts'
import { type CommandRunner, luaCommandPerStep } from '../command.ts'
import { keyOf, keysOf } from '../queue-keys.ts'
import type { QueueState } from '../queue-state.ts'

/** Where each of BullMQ's steps that take a job out of active has the job's id, counted after the keys. */
const jobIdPosition = {
  moveToFinished: 0,
  moveToDelayed: 2,
  moveToWaitingChildren: 3,
  moveJobFromActiveToWait: 0,
  retryJob: 3,
} as const satisfies Partial<Record<BullmqScriptName, number>>

export type LeavingStep = keyof typeof jobIdPosition

export function isLeavingStep(name: string): name is LeavingStep {
  return Object.hasOwn(jobIdPosition, name)
}

const keyNames = ['wait', 'prioritized', 'active']

/** BullMQ's keys, the hash of the job, then those. */
const run = luaCommandPerStep(
  'leave-active',
  Object.keys(jobIdPosition) as LeavingStep[],
  step => requiredScripts[step] + 1 + keyNames.length,
)

/** Runs a step of BullMQ that takes a job out of active, and clears the job's stamp (R2).
 *  @param keys - of the job's queue
 *  @param args - BullMQ's: keys, then arguments
 *  @returns `result` is what the step returns */
export async function leaveActive(
  runner: CommandRunner,
  keys: KeysMap,
  step: LeavingStep,
  args: unknown[],
): Promise<{ result: unknown; state: QueueState }> {
  const { keys: bullmqKeys, argv } = splitArguments(step, args)
  const prefix = keyOf(keys, '')
  const jobKey = `${prefix}${argv[jobIdPosition[step]]}`
  const reply = await run[step](runner, [...bullmqKeys, jobKey, ...keysOf(keys, keyNames)], [...argv, prefix])
  const [result, needsPump, waiting] = reply as [unknown, number, number]
  return { result, state: { needsPump: needsPump === 1, waiting } }
}

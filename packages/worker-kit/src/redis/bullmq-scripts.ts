// @ts-expect-error: BullMQ publishes this file without types. Bundlers follow a static import, and Node finds its names.
import * as installed from 'bullmq/dist/cjs/scripts/index.js'
import { WorkerKitError } from '../errors.ts'

/** Scripts of BullMQ that ours call, with the number of keys that we know them to take. */
const expected = {
  addStandardJob: 9,
  moveToActive: 11,
  moveToFinished: 14,
  moveToDelayed: 11,
  moveToWaitingChildren: 7,
  moveJobFromActiveToWait: 9,
  retryJob: 11,
  moveStalledJobsToWait: 9,
  updateProgress: 3,
  updateData: 1,
  addLog: 2,
  addDelayedJob: 6,
  addPrioritizedJob: 9,
  addParentJob: 6,
  reprocessJob: 9,
  removeJob: 2,
  changePriority: 7,
} as const

export type BullmqScriptName = keyof typeof expected

interface BullmqScript {
  name: string
  content: string
  keys: number
}

/** Number of keys that a script of BullMQ takes. */
export function keyCountOf(name: BullmqScriptName): number {
  return expected[name]
}

/** The unmodified text of a script of the installed BullMQ, as a Lua function expression.
 *  @throws {WorkerKitError} `ERR_UNSUPPORTED_BULLMQ` */
export function asLuaFunction(name: BullmqScriptName): string {
  const script = (installed as Partial<Record<string, BullmqScript>>)[name]
  if (script?.keys !== expected[name])
    throw new WorkerKitError(
      'ERR_UNSUPPORTED_BULLMQ',
      `BullMQ's script ${name} with ${expected[name]} keys was not found (found: ${script?.keys ?? 'none'}). ` +
        'This version of worker-kit needs the version of bullmq that its package.json pins.',
    )
  return `function(KEYS, ARGV)\n${script.content}\nend`
}

// @ts-expect-error: BullMQ publishes this file without types. Bundlers follow a static import, and Node finds its names.
import * as installed from 'bullmq/dist/cjs/scripts/index.js'
import { WorkerKitError } from '../errors.ts'

/** BullMQ's scripts that our commands call, and how many keys each must take. */
export const requiredScripts = {
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

export type BullmqScriptName = keyof typeof requiredScripts

export interface BullmqScript {
  /** Lua, with BullMQ's own includes in it. */
  readonly content: string
  readonly keys: number
}

export type BullmqScripts = Readonly<Record<BullmqScriptName, BullmqScript>>

/** Checks that a BullMQ has all the scripts that our commands call.
 *  @throws {WorkerKitError} `ERR_UNSUPPORTED_BULLMQ`, which names every script that is missing or takes other keys. */
export function requireScripts(found: Partial<Record<string, BullmqScript>>): BullmqScripts {
  const faults = Object.entries(requiredScripts).flatMap(([name, keys]) => {
    const script = found[name]
    if (script?.keys === keys) return []
    return [script ? `${name} (takes ${script.keys} keys instead of ${keys})` : `${name} (missing)`]
  })
  if (faults.length === 0) return found as BullmqScripts
  throw new WorkerKitError(
    'ERR_UNSUPPORTED_BULLMQ',
    `The installed bullmq does not have the scripts that worker-kit calls: ${faults.join(', ')}. ` +
      "Install a version of bullmq that worker-kit's package.json allows.",
  )
}

/** The scripts of the installed BullMQ. */
export const bullmqScripts = requireScripts(installed)

/** Splits the arguments with which BullMQ calls one of its scripts: keys first, then ARGV. */
export function splitArguments(
  name: BullmqScriptName,
  args: readonly unknown[],
): { keys: string[]; argv: unknown[] } {
  const keyCount = requiredScripts[name]
  return { keys: args.slice(0, keyCount) as string[], argv: args.slice(keyCount) }
}

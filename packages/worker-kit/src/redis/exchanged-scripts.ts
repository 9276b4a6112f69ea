import type { KeysMap } from 'bullmq'
import { keyCountOf } from './bullmq-scripts.ts'
import type { KnownClocks } from './known-clocks.ts'
import { keyOf } from './queue-keys.ts'
import {
  type FencedStep,
  fenced,
  type LeavingStep,
  leaving,
  type ObservedStep,
  observed,
  runScript,
  type ScriptRunner,
  scripts,
} from './scripts.ts'

/** Runs one of BullMQ's steps that add a job which cannot run yet, inside ours. */
export function runObservedStep(
  runner: ScriptRunner,
  step: ObservedStep,
  args: unknown[],
  clocks: KnownClocks,
): Promise<unknown> {
  const keys = args.slice(0, keyCountOf(step)) as string[]
  const idKey = keys.find(key => key.endsWith(':id')) as string
  const clock = `${idKey.slice(0, -'id'.length)}clock`
  return runScript(runner, observed[step], [...keys, clock], [...args.slice(keys.length), clocks.note(clock)])
}

/** Runs ours in place of BullMQ's `changePriority`. */
export function runChangePriority(runner: ScriptRunner, args: unknown[]): Promise<unknown> {
  return runScript(runner, scripts.changePriority, args.slice(0, 7) as string[], args.slice(7))
}

/** Runs ours in place of BullMQ's `moveStalledJobsToWait`. */
export function runStalledCheck(runner: ScriptRunner, args: unknown[]): Promise<unknown> {
  return runScript(runner, scripts.stalled, args.slice(0, 9) as string[], args.slice(9))
}

/** Runs one of BullMQ's steps that check no token, inside ours, which does. */
export function runFenced(
  runner: ScriptRunner,
  step: FencedStep,
  args: unknown[],
  token: string,
): Promise<unknown> {
  const keys = args.slice(0, keyCountOf(step)) as [jobKey: string, ...string[]]
  return runScript(runner, fenced[step], [...keys, `${keys[0]}:lock`], [...args.slice(keys.length), token])
}

export interface Left {
  /** What BullMQ's step gives. */
  result: unknown
  /** Whether wait or prioritized hold a job that needs the pump. */
  needsPump: boolean
  /** Jobs in wait and prioritized. */
  waiting: number
}

/** Runs one of BullMQ's steps that take a job out of active, inside ours. */
export async function runLeavingStep(
  runner: ScriptRunner,
  step: LeavingStep,
  args: unknown[],
  keys: KeysMap,
): Promise<Left> {
  const bullmqKeys = args.slice(0, keyCountOf(step)) as string[]
  const jobKey = `${keyOf(keys, '')}${args[keyCountOf(step) + jobIdPosition[step]]}`
  const reply = await runScript(
    runner,
    leaving[step],
    [...bullmqKeys, jobKey, ...['wait', 'prioritized', 'active'].map(name => keyOf(keys, name))],
    [...args.slice(bullmqKeys.length), keyOf(keys, '')],
  )
  const [result, needsPump, waiting] = reply as [unknown, number, number]
  return { result, needsPump: needsPump === 1, waiting }
}

/** Where each of BullMQ's steps has the id of its job among its arguments, counted after the keys. */
const jobIdPosition: Record<LeavingStep, number> = {
  moveToFinished: 0,
  moveToDelayed: 2,
  moveToWaitingChildren: 3,
  moveJobFromActiveToWait: 0,
  retryJob: 3,
}

import type { IRedisTransaction, RedisClient } from 'bullmq'
import { asLuaFunction, type BullmqScriptName, keyCountOf } from './bullmq-scripts.ts'
import { luaTexts } from './lua-texts.ts'

type LuaFile =
  | 'activate'
  | 'add'
  | 'cancel'
  | 'canceled'
  | 'change-priority'
  | 'fenced'
  | 'introduce'
  | 'judge'
  | 'last-words'
  | 'leave-active'
  | 'letter-states'
  | 'observed'
  | 'oldest'
  | 'owners'
  | 'pump'
  | 'record'
  | 'round'
  | 'stalled'
  | 'stamp'
  | 'superseded'
  | 'take-over'

/** What several files share. */
type LuaPart = 'clock' | 'place-in-line' | 'queue-seen' | 'run-id' | 'stamping'

/** A script of ours: its own Lua file, the scripts of BullMQ that it calls, and how many keys it takes. */
interface Script {
  readonly command: string
  readonly lua: string
  readonly keyCount: number
}

interface Composition {
  file: LuaFile
  /** Scripts of BullMQ that the file calls as `bullmq.NAME(KEYS, ARGV)`. */
  calls?: BullmqScriptName[]
  /** Script of BullMQ that the file calls as `step(KEYS, ARGV)`. */
  step?: BullmqScriptName
  /** Whether the file starts the job of a delivery. */
  starts?: boolean
  /** Whether the file tells what a worker is told of the queue. */
  seesQueue?: boolean
  /** Whether the file stamps jobs. */
  stamps?: boolean
  /** Whether the file looks at the queue's clock. */
  usesClock?: boolean
  /** Whether the file asks which run of the server it is. */
  asksRun?: boolean
  keyCount: number
}

/** BullMQ's steps that take a job out of active. */
const leavingSteps = [
  'moveToFinished',
  'moveToDelayed',
  'moveToWaitingChildren',
  'moveJobFromActiveToWait',
  'retryJob',
] as const satisfies BullmqScriptName[]
export type LeavingStep = (typeof leavingSteps)[number]

export function isLeavingStep(name: string): name is LeavingStep {
  return (leavingSteps as readonly string[]).includes(name)
}

const LEAVING_EXTRA_KEYS = 4

/** BullMQ's steps that add a job which cannot run yet. */
const observedSteps = [
  'addDelayedJob',
  'addPrioritizedJob',
  'addParentJob',
] as const satisfies BullmqScriptName[]
export type ObservedStep = (typeof observedSteps)[number]

export function isObservedStep(name: string): name is ObservedStep {
  return (observedSteps as readonly string[]).includes(name)
}

export const scripts = {
  add: compose({ file: 'add', calls: ['addStandardJob'], stamps: true, keyCount: 11 }),
  changePriority: compose({ file: 'change-priority', step: 'changePriority', keyCount: 7 }),
  stamp: compose({ file: 'stamp', stamps: true, keyCount: 3 }),
  activate: compose({
    file: 'activate',
    calls: ['moveToActive', 'moveStalledJobsToWait'],
    starts: true,
    keyCount: 14,
  }),
  stalled: compose({ file: 'stalled', calls: ['moveStalledJobsToWait'], keyCount: 9 }),
  pump: compose({ file: 'pump', calls: ['moveToActive'], stamps: true, keyCount: 14 }),
  round: compose({
    file: 'round',
    calls: ['moveToFinished', 'moveToActive'],
    starts: true,
    seesQueue: true,
    keyCount: 17,
  }),
  oldest: compose({ file: 'oldest', keyCount: 3 }),
  introduce: compose({ file: 'introduce', asksRun: true, keyCount: 1 }),
  owners: compose({ file: 'owners', asksRun: true, keyCount: 1 }),
  takeOver: compose({ file: 'take-over', asksRun: true, keyCount: 1 }),
  superseded: compose({ file: 'superseded', usesClock: true, keyCount: 2 }),
  judge: compose({ file: 'judge', usesClock: true, keyCount: 1 }),
  record: compose({
    file: 'record',
    calls: ['addStandardJob', 'reprocessJob', 'removeJob'],
    stamps: true,
    keyCount: 16,
  }),
  lastWords: compose({ file: 'last-words', stamps: true, keyCount: 4 }),
  cancel: compose({ file: 'cancel', keyCount: 9 }),
  canceled: compose({ file: 'canceled', keyCount: 1 }),
  letterStates: compose({ file: 'letter-states', keyCount: 3 }),
}

export const leaving = Object.fromEntries(
  leavingSteps.map(step => [
    step,
    compose({ file: 'leave-active', step, seesQueue: true, keyCount: keyCountOf(step) + LEAVING_EXTRA_KEYS }),
  ]),
) as Record<LeavingStep, Script>

/** BullMQ's steps that change a running job and check no token. */
const fencedSteps = ['updateProgress', 'updateData', 'addLog'] as const satisfies BullmqScriptName[]
export type FencedStep = (typeof fencedSteps)[number]

export function isFencedStep(name: string): name is FencedStep {
  return (fencedSteps as readonly string[]).includes(name)
}

/** The lock. */
const FENCED_EXTRA_KEYS = 1

export const fenced = Object.fromEntries(
  fencedSteps.map(step => [
    step,
    compose({ file: 'fenced', step, keyCount: keyCountOf(step) + FENCED_EXTRA_KEYS }),
  ]),
) as Record<FencedStep, Script>
export const observed = Object.fromEntries(
  observedSteps.map(step => [
    step,
    compose({ file: 'observed', step, usesClock: true, keyCount: keyCountOf(step) + 1 }),
  ]),
) as Record<ObservedStep, Script>

/** What can run a script: a connection, or a pipeline on one. */
export type ScriptRunner = RedisClient | IRedisTransaction

const informed = new WeakSet<RedisClient>()

/** Makes our scripts known to a connection, which then sends them by their hash. */
export function defineScripts(client: RedisClient): void {
  if (informed.has(client)) return
  informed.add(client)
  for (const script of [scripts, leaving, fenced, observed].flatMap(set => Object.values<Script>(set)))
    if (!(script.command in client))
      client.defineCommand(script.command, { numberOfKeys: script.keyCount, lua: script.lua })
}

export function runScript(
  runner: ScriptRunner,
  script: Script,
  keys: readonly string[],
  args: readonly unknown[],
): Promise<unknown> {
  return runner.runCommand(script.command, [...keys, ...args]) as Promise<unknown>
}

function compose({
  file,
  calls = [],
  step,
  starts = false,
  seesQueue = false,
  stamps = false,
  usesClock = stamps,
  asksRun = usesClock,
  keyCount,
}: Composition): Script {
  const parts = [
    ...(calls.length > 0 ? ['local bullmq = {}'] : []),
    ...calls.map(name => `bullmq.${name} = ${asLuaFunction(name)}`),
    ...(step ? [`local step = ${asLuaFunction(step)}`] : []),
    ...(asksRun ? [readLua('includes/run-id')] : []),
    ...(usesClock ? [readLua('includes/clock')] : []),
    ...(stamps ? [readLua('includes/stamping')] : []),
    ...(starts ? [readLua('includes/place-in-line')] : []),
    ...(seesQueue ? [readLua('includes/queue-seen')] : []),
    readLua(file),
  ]
  return { command: `workerKit:${file}${step ? `:${step}` : ''}`, lua: parts.join('\n'), keyCount }
}

function readLua(name: LuaFile | `includes/${LuaPart}`): string {
  return luaTexts[name] as string
}

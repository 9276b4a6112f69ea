import { createHash } from 'node:crypto'
import type { IRedisTransaction, RedisClient } from 'bullmq'
import type { BullmqScriptName } from './bullmq-scripts.ts'
import { composeLua } from './compose-lua.ts'

/** What can run a command: a connection, or a transaction on one. */
export type CommandRunner = RedisClient | IRedisTransaction

/** Runs one command of ours. */
export type Run = (
  runner: CommandRunner,
  keys: readonly string[],
  args: readonly unknown[],
) => Promise<unknown>

interface Command {
  readonly name: string
  readonly lua: string
  readonly keyCount: number
}

const commands: Command[] = []

/** Makes a command of `commands/FILE.lua`.
 *  @param step - BullMQ's script that the file calls as `step(KEYS, ARGV)` */
export function luaCommand(file: string, keyCount: number, step?: BullmqScriptName): Run {
  const lua = composeLua(file, step)
  // With its digest: a client may be shared with another version of this package.
  const digest = createHash('sha256').update(lua).digest('hex').slice(0, 8)
  const name = `workerKit:${file}${step ? `:${step}` : ''}:${digest}`
  commands.push({ name, lua, keyCount })
  const sha = createHash('sha1').update(lua).digest('hex')
  let hasRun = false

  const runByName = async (client: RedisClient, args: unknown[]): Promise<unknown> => {
    const reply = await client.runCommand(name, args)
    hasRun = true
    return reply
  }

  return (runner, keys, args) => {
    // A transaction queues the command, and does not tell what becomes of it.
    if (!isClient(runner)) return runner.runCommand(name, [...keys, ...args]) as unknown as Promise<unknown>
    if (!hasRun || !isHashRunner(runner)) return runByName(runner, [...keys, ...args])
    return runner.evalsha([sha, keyCount, ...keys, ...args]).catch(error => {
      if (!isUnknownScript(error)) throw error
      return runByName(runner, [...keys, ...args])
    })
  }
}

/** A client of ioredis. By name it sends the whole text of a command on every new connection, which may be 100 KB; a server knows what it
 *  has run before by its hash. */
interface HashRunner {
  evalsha(args: unknown[]): Promise<unknown>
}

function isHashRunner(client: object): client is HashRunner {
  return 'evalsha' in client && typeof client.evalsha === 'function'
}

/** Another server, or one that has forgotten its scripts. */
function isUnknownScript(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('NOSCRIPT')
}

/** Makes a command for each of BullMQ's steps that `commands/FILE.lua` can call as `step(KEYS, ARGV)`. */
export function luaCommandPerStep<Step extends BullmqScriptName>(
  file: string,
  steps: readonly Step[],
  keyCount: (step: Step) => number,
): Record<Step, Run> {
  const runs = steps.map(step => [step, luaCommand(file, keyCount(step), step)])
  return Object.fromEntries(runs) as Record<Step, Run>
}

/** How many of our commands a connection knows. */
const known = new WeakMap<RedisClient, number>()

function isClient(runner: CommandRunner): runner is RedisClient {
  return known.has(runner as RedisClient)
}

/** Makes our commands known to a connection, which then sends each by its hash. Cheap when they are known. */
export function defineCommands(client: RedisClient): void {
  const knownCount = known.get(client) ?? 0
  if (knownCount === commands.length) return
  for (const { name, lua, keyCount } of commands.slice(knownCount))
    if (!(name in client)) client.defineCommand(name, { numberOfKeys: keyCount, lua })
  known.set(client, commands.length)
}

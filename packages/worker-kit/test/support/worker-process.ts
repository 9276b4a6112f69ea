import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { amqpUrl, onEnd, redisUrl } from '@jackalope/local-servers/testing'
import type { WorkOptions } from '../../src/index.ts'
import type { Ledger } from './ledger.ts'

export interface WorkerProcessOptions extends WorkOptions {
  prefix: string
  /** The queue's. */
  name: string
  amqpUrl: string | readonly string[]
  redisUrl: string
}

export interface WorkerProcess {
  readonly process: ChildProcess
  /** Resolves when it has ended. */
  readonly ended: Promise<unknown>
  /** All lines so far. */
  readonly said: readonly string[]
  /** Resolves with the first that many lines that it says, or has said, and that match. */
  untilSaid(pattern: RegExp, count?: number): Promise<string[]>
  /** Lets a job named `report` go on. */
  order(): void
}

const ownPackage = fileURLToPath(new URL('../..', import.meta.url))

/** Starts a worker in a process of its own; the ledger hears of every run that it starts.
 *  @param packageDir - the worker-kit that it runs on; may be another version. @default this one */
export function startWorkerProcess(
  t: TestContext,
  ledger: Ledger,
  options: Omit<WorkerProcessOptions, 'amqpUrl' | 'redisUrl'> & Partial<WorkerProcessOptions>,
  packageDir = ownPackage,
): WorkerProcess {
  const program = join(packageDir, 'test/support/kit-worker.ts')
  const args = [program, JSON.stringify({ amqpUrl: amqpUrl(), redisUrl: redisUrl(), ...options })]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  onEnd(t, async () => {
    child.kill('SIGKILL')
    await ended
  })
  const said: string[] = []
  let watchers: (() => boolean)[] = []
  createInterface({ input: child.stdout }).on('line', line => {
    said.push(line)
    if (line.startsWith('started ')) ledger.note(line.slice('started '.length))
    watchers = watchers.filter(isSatisfied => !isSatisfied())
  })
  return {
    process: child,
    ended,
    said,
    untilSaid: (pattern, count = 1) =>
      new Promise(resolve => {
        const isSatisfied = () => {
          const matching = said.filter(line => pattern.test(line)).slice(0, count)
          if (matching.length === count) resolve(matching)
          return matching.length === count
        }
        if (!isSatisfied()) watchers.push(isSatisfied)
      }),
    order: () => child.stdin.write('\n'),
  }
}

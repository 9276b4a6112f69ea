import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { boundToThisProcess } from '@jackalope/local-servers'
import type { Terminal } from '../terminal.ts'

export interface TestRunOptions {
  /** Test files, relative to `root`, in the order in which they begin. */
  files: string[]
  root: string
  env: Record<string, string | undefined>
  /** File that receives the counts; overwritten. */
  countsFile: string
  signal: AbortSignal
  /** Whether the runner prints its progress. @default true */
  print?: boolean
  /** How many files run at once. Tests wait for servers more than they compute. @default two more than the cores, 3 to 6 */
  concurrency?: number
}

export interface TestCounts {
  passed: number
  failed: number
  skipped: number
}

export interface TestOutcome extends TestCounts {
  /** Whether the runner ended with exit code 0. */
  succeeded: boolean
}

/** Longest run of one test, in milliseconds. */
const testTimeoutMs = 300_000

/** Runs test files by Node's test runner. */
export async function runTests(options: TestRunOptions): Promise<TestOutcome> {
  const { files, root, env, countsFile, signal, print = true } = options
  const { concurrency = Math.max(3, Math.min(6, availableParallelism() + 2)) } = options
  const output = print ? 'inherit' : 'ignore'
  const args = [
    join(import.meta.dirname, 'run-files.ts'),
    ...[countsFile, String(concurrency), String(testTimeoutMs)],
    ...files,
  ]
  const child = spawn(...boundToThisProcess(process.execPath, args), {
    cwd: root,
    env,
    stdio: ['ignore', output, output],
  })
  const end = () => child.kill('SIGTERM')
  signal.addEventListener('abort', end, { once: true })
  try {
    const [exitCode] = await once(child, 'exit')
    signal.throwIfAborted()
    return { ...(await readCounts(countsFile)), succeeded: exitCode === 0 }
  } finally {
    signal.removeEventListener('abort', end)
  }
}

/** A run without tests, or a runner that fails without a failed test, counts as a failure. */
export function judgeRun(outcome: TestOutcome, { line }: Terminal): TestOutcome {
  const { passed, failed, succeeded } = outcome
  if (passed + failed === 0) line('No test ran.')
  else if (!succeeded && failed === 0) line('The test runner failed.')
  else return outcome
  return { ...outcome, failed: failed + 1 }
}

async function readCounts(file: string): Promise<TestCounts> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text === '' ? { passed: 0, failed: 0, skipped: 0 } : (JSON.parse(text) as TestCounts)
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { address } from './servers.ts'

export type LogLine = Record<string, unknown> & { msg: string }

export interface ConverterProcess {
  child: ChildProcess
  /** Its log so far. */
  lines: LogLine[]
  /** Resolves with the first line, past or future, that has this message. */
  logged(message: string): Promise<LogLine>
  /** Exit code and signal. */
  exited: Promise<[number | null, NodeJS.Signals | null]>
  /** What it wrote to the standard error output so far. */
  stderr(): string
}

/** Starts a file of the converter as a process of its own, killed after the test if it still runs. */
export function startProcess(
  t: TestContext,
  file: URL,
  env: Record<string, string | undefined>,
): ConverterProcess {
  const child = spawn(process.execPath, [file.pathname], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  t.after(() => child.kill('SIGKILL'))
  const lines: LogLine[] = []
  const waiting: Array<{ message: string; resolve(line: LogLine): void }> = []
  createInterface({ input: child.stdout }).on('line', text => {
    const line = JSON.parse(text) as LogLine
    lines.push(line)
    for (const { message, resolve } of waiting) if (line.msg === message) resolve(line)
  })
  let stderr = ''
  child.stderr.on('data', chunk => {
    stderr += chunk
  })
  return {
    child,
    lines,
    logged: message =>
      new Promise(resolve => {
        const line = lines.find(({ msg }) => msg === message)
        if (line) resolve(line)
        else waiting.push({ message, resolve })
      }),
    exited: once(child, 'close') as ConverterProcess['exited'],
    stderr: () => stderr,
  }
}

/** What a converter needs to be told, but for its port, its folder and its stores. */
export function serverAddresses() {
  return {
    AMQP_URL: address('AMQP_URL'),
    REDIS_URL: address('REDIS_URL'),
  }
}

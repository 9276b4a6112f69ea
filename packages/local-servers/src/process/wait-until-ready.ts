import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { LocalServerError } from '../errors.ts'
import { withTimeLimit } from '../time-limit.ts'
import type { Launched } from './launch.ts'

export interface Readiness {
  /** Name in messages: `RabbitMQ`. */
  title: string
  processes: Launched[]
  logFile: string
  /** Resolves when the process answers; rejects while it does not. A check that takes over 15 s has failed. */
  check: () => Promise<void>
  withinMs: number
  signal?: AbortSignal
}

const pauseMs = 50
/** Longest single check, in milliseconds. */
const checkWithinMs = 15_000
const tailLines = 15
const tailBytes = 8_192

/** Repeats the check until it succeeds.
 *  @throws {LocalServerError} `ERR_START_FAILED` with the end of the log when a process ended or the time is over
 *  @throws the signal's reason */
export async function waitUntilReady(readiness: Readiness): Promise<void> {
  const { title, processes, check, withinMs, signal } = readiness
  const deadline = performance.now() + withinMs
  for (;;) {
    signal?.throwIfAborted()
    const failure = await withTimeLimit(`The check of ${title}`, checkWithinMs, check()).then(
      () => undefined,
      (error: Error) => error,
    )
    const ending = processes.map(launched => launched.ending()).find(text => text !== undefined)
    if (ending) throw startFailure(`${title} did not start: its process ${ending}.`, readiness)
    if (!failure) return
    if (performance.now() > deadline)
      throw startFailure(
        `${title} did not answer within ${withinMs / 1000} s (${failure.message}).`,
        readiness,
        failure,
      )
    await delay(pauseMs, undefined, { signal }).catch(() => {})
  }
}

function startFailure(summary: string, { processes, logFile }: Readiness, cause?: Error): LocalServerError {
  const tail = readTail(logFile, Math.min(...processes.map(launched => launched.logStart)))
  const lines = tail ? ` The end of ${logFile}:\n${tail.replace(/^/gm, '  ')}` : ` ${logFile} is empty.`
  return new LocalServerError('ERR_START_FAILED', summary + lines, { cause })
}

function readTail(file: string, from: number): string {
  const descriptor = openSync(file, 'r')
  try {
    const { size } = fstatSync(descriptor)
    const start = Math.max(from, size - tailBytes)
    const buffer = Buffer.alloc(Math.max(size - start, 0))
    readSync(descriptor, buffer, 0, buffer.length, start)
    return buffer.toString('utf8').trimEnd().split('\n').slice(-tailLines).join('\n')
  } finally {
    closeSync(descriptor)
  }
}

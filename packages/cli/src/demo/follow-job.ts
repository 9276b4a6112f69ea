import { setTimeout as delay } from 'node:timers/promises'
import type { Job, TokenSource } from '@jackalope/api-client'
import { CliError } from '../cli-error.ts'
import type { Progress } from '../progress-bar.ts'
import type { Terminal } from '../terminal.ts'
import type { GatewayClient } from './gateway-client.ts'

export interface FollowOptions {
  client: GatewayClient
  token: TokenSource
  /** Id of the job. */
  id: string
  terminal: Terminal
  signal: AbortSignal
}

const pollMs = 300
/** Longest time without an answer of the gateway, in milliseconds. The restart of any server takes less. */
const patienceMs = 180_000

/** Shows a job's progress until it is completed.
 *  @throws {CliError} with the job's reason when it failed */
export async function followJob({ client, token, id, terminal, signal }: FollowOptions): Promise<Job> {
  const progress = await terminal.progress('Converting')
  try {
    let lastAnswer = performance.now()
    for (let before: Job | undefined; ; ) {
      const job = await client.job(token, id)
      const now = performance.now()
      if (job) {
        lastAnswer = now
        if (show(job, before, progress, terminal)) return job
        before = job
      } else if (now - lastAnswer > patienceMs) {
        throw new CliError(`the gateway has not answered for ${patienceMs / 1_000} s; its log tells why`)
      }
      await delay(pollMs, undefined, { signal })
    }
  } finally {
    progress.stop()
  }
}

/** Whether the job is completed. */
function show(job: Job, before: Job | undefined, progress: Progress, terminal: Terminal): boolean {
  if (job.state === 'failed') {
    progress.stop()
    throw new CliError(`the conversion failed: ${job.error ?? 'no reason was given'}`)
  }
  if (job.error && job.error !== before?.error && job.state !== 'completed')
    terminal.line(`  Attempt ${job.attemptsMade} of ${job.attempts} failed (${job.error}); it is tried again`)
  progress.update(job.state === 'completed' ? 100 : job.progress)
  return job.state === 'completed'
}

import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { createRabbitmqBackend } from '@jackalope/worker-kit'
import { type JobType, Queue, withBackend } from 'bullmq'

/** `old`: on Redis alone. `new`: on RabbitMQ. */
export type Kind = 'old' | 'new'

export interface Program {
  /** The ids that it has said: a producer of the jobs that it added, a worker of those that it started. */
  readonly ids: readonly string[]
  /** Resolves when it has said that many ids. */
  untilSaid(count: number): Promise<void>
  /** Sends SIGTERM and waits. @throws {Error} when it does not end by itself, with 0 */
  stop(): Promise<void>
}

/** One queue, and the application's programs on it as processes. */
export function application(t: TestContext) {
  const { AMQP_URL, REDIS_URL, PATH } = process.env
  if (!AMQP_URL || !REDIS_URL) throw new Error('AMQP_URL and REDIS_URL are not set: run ./jackalope test')
  const prefix = `test-${randomUUID()}`
  const connection = { url: REDIS_URL }
  const onRabbitmq = withBackend(createRabbitmqBackend({ url: AMQP_URL }))
  const queues = {
    old: new Queue('emails', { connection, prefix }),
    new: new onRabbitmq.Queue('emails', { connection, prefix }),
  }
  const cleanUps: (() => unknown)[] = []
  t.after(async () => {
    for (const cleanUp of cleanUps.toReversed()) await cleanUp()
    await queues.old.close()
    await queues.new.obliterate({ force: true })
    await queues.new.close()
  })

  function start(file: string, kind: Kind): Program {
    const env = { PATH, REDIS_URL, PREFIX: prefix, ...(kind === 'new' && { AMQP_URL }) }
    const program = spawn(process.execPath, [join(import.meta.dirname, '..', file)], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(program, 'close')
    cleanUps.push(() => program.kill('SIGKILL'))
    const ids: string[] = []
    createInterface({ input: program.stdout }).on('line', id => ids.push(id))
    return {
      ids,
      async untilSaid(count) {
        await until(async () => ids.length >= count, `${kind} ${file} has said ${count} ids`)
      },
      async stop() {
        program.kill('SIGTERM')
        const [code, signal] = await ended
        if (code !== 0) throw new Error(`${kind} ${file} ended with ${code ?? signal}`)
      },
    }
  }

  return {
    prefix,
    connection,
    queues,
    onRabbitmq,
    /** Before the queue is removed; what was begun last comes first. */
    atEnd: (cleanUp: () => unknown) => cleanUps.push(cleanUp),
    worker: (kind: Kind) => start('worker.ts', kind),
    producer: (kind: Kind) => start('producer.ts', kind),
    /** Resolves when no job is in one of these states. */
    untilNone: (...states: JobType[]) =>
      until(async () => (await queues.old.getJobCountByTypes(...states)) === 0, `none is ${states}`),
  }
}

/** Asks again and again, of servers and processes that do not tell when this changes. */
export async function until(isSo: () => Promise<boolean>, what: string, patienceMs = 60_000): Promise<void> {
  const deadline = Date.now() + patienceMs
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`after ${patienceMs} ms it still does not hold that ${what}`)
    await delay(10)
  }
}

/** A worker in a process of its own. What it does with a job is the job's name; what it does it says on its output. */
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { connect } from '../../src/index.ts'
import { defineJob } from '../../src/job/index.ts'
import type { WorkerProcessOptions } from './worker-process.ts'

const { name, amqpUrl, redisUrl, prefix, ...workOptions } = JSON.parse(
  process.argv[2] as string,
) as WorkerProcessOptions
const say = (line: string) => process.stdout.write(`${line}\n`)
const report = (fields: unknown, message?: string) =>
  say(`${message} ${(fields as { err?: Error }).err?.message ?? ''}`)
const silent = () => undefined
const logger = { debug: silent, info: silent, warn: report, error: report }

const orders = createInterface({ input: process.stdin })
const kit = await connect({ amqpUrl, redisUrl, prefix, logger })

kit.work(
  defineJob({ name, input: z.unknown() }),
  async ({ job, id, signal, progress, log }) => {
    say(`started ${id}`)
    switch (job.name) {
      case 'die':
        process.kill(process.pid, 'SIGKILL')
        return
      case 'hang':
        await new Promise(() => undefined)
        return
      case 'obey':
        await once(signal, 'abort')
        say(`aborted ${id} ${signal.reason.code} ${signal.reason.message}`)
        throw new Error('stopped')
      case 'slow':
        await delay(50)
        return 'done'
      case 'report': {
        await once(orders, 'line')
        const outcomeOf = (what: string, act: Promise<unknown>) =>
          act.then(
            () => say(`did ${what}`),
            error => say(`refused ${what}: ${error.message}`),
          )
        await outcomeOf('progress', progress(99))
        await outcomeOf('log', log('late'))
        await outcomeOf('data', job.updateData({ late: true }))
        return 'late'
      }
      default:
        return 'done'
    }
  },
  workOptions,
)
await kit.run()
// Its input would keep it alive.
process.exit()

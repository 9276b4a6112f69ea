/** A producer in a process of its own: adds a job, then another one, in the course of which it kills itself at the step
 *  that it is told. */
import { Socket } from 'node:net'
import { Queue } from 'bullmq'
import { Publisher } from '../../src/amqp/publisher.ts'
import { createRabbitmqBackend, RabbitmqQueueBackend } from '../../src/index.ts'
import type { DyingStep } from '../faults/killed-producer.test.ts'

const [amqpUrl, redisUrl, prefix, name, step] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  DyingStep,
]

function die(): never {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('unreachable')
}

const before: Record<DyingStep, () => void> = {
  'it is recorded': () => {
    RabbitmqQueueBackend.prototype.addStandardJob = die
  },
  'its message is sent': () => {
    Publisher.prototype.publish = die
  },
  'the broker confirms': () => {
    const { publish } = Publisher.prototype
    Publisher.prototype.publish = function (...args) {
      // The next thing that goes out is the message.
      for (const method of ['_write', '_writev'] as const) {
        const send = Socket.prototype[method] as (...written: unknown[]) => void
        Socket.prototype[method] = function (this: Socket, ...written: unknown[]) {
          send.apply(this, written)
          setImmediate(die)
        }
      }
      return publish.apply(this, args)
    }
  },
  'the caller is told': () => {
    const { publish } = Publisher.prototype
    Publisher.prototype.publish = async function (...args) {
      await publish.apply(this, args)
      die()
    }
  },
}

const queue = new Queue(
  name,
  { connection: { url: redisUrl }, prefix },
  createRabbitmqBackend({ url: amqpUrl }),
)
await queue.add('first', {})
before[step]()
await queue.add('second', {})

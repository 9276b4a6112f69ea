import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { createRabbitmqBackend, deadLettersOf } from '@jackalope/worker-kit'
import { type Job, Queue, QueueEvents, withBackend } from 'bullmq'
import { pythonWithBullmq } from './python-environment.ts'

/** A program that ends too early says nothing more. */
const timeout = 120_000

const program = (name: string) => join(import.meta.dirname, '..', name)
const python = await pythonWithBullmq()
const skip = python ? false : 'no Python with bullmq: install python3-venv, and have a way to PyPI'

/** Queues, and the example's programs on them. */
function started(t: TestContext) {
  const { AMQP_URL, REDIS_URL, PATH } = process.env
  if (!AMQP_URL || !REDIS_URL) throw new Error('AMQP_URL and REDIS_URL are not set: run ./jackalope test')
  const prefix = `test-${randomUUID()}`
  const connection = { url: REDIS_URL }
  const rabbitmq = withBackend(createRabbitmqBackend({ url: AMQP_URL }))
  const emails = new rabbitmq.Queue('emails', { connection, prefix })
  const plain = ['emails', 'thumbnails'].map(name => new Queue(name, { connection, prefix }))
  const events = ['emails', 'thumbnails'].map(name => new QueueEvents(name, { connection, prefix }))
  const env = { PATH, AMQP_URL, REDIS_URL, PREFIX: prefix }
  const stops: (() => Promise<void>)[] = []
  t.after(async () => {
    for (const stop of stops) await stop()
    await Promise.all(events.map(each => each.close()))
    await emails.obliterate({ force: true })
    for (const queue of plain) await queue.obliterate({ force: true })
    await Promise.all([emails, ...plain].map(queue => queue.close()))
  })
  /** Starts a program. When it has stopped its lines are complete. */
  const start = (command: string, file: string, more = {}) => {
    const child = spawn(command, [program(file)], {
      env: { ...env, ...more },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(child, 'close')
    const lines: string[] = []
    createInterface({ input: child.stdout }).on('line', line => lines.push(line))
    const stop = async () => {
      child.kill('SIGTERM')
      assert.deepEqual(await ended, [0, null])
    }
    stops.push(stop)
    return { lines, stop }
  }
  return {
    emails,
    plainEmails: plain[0] as Queue,
    thumbnails: plain[1] as Queue,
    node: () => start(process.execPath, 'emails.ts'),
    pythonWorker: (queue = 'thumbnails') => start(python as string, 'worker.py', { QUEUE: queue }),
    async pythonProducer() {
      const { stdout } = await promisify(execFile)(python as string, [program('producer.py')], { env })
      return stdout.trim().split('\n')
    },
    async finished(job: Job) {
      const queue = events[job.queueName === 'emails' ? 0 : 1] as QueueEvents
      await queue.waitUntilReady()
      return await job.waitUntilFinished(queue, 60_000)
    },
  }
}

test('what a Python producer adds runs once each on RabbitMQ: bulk, retry, delay, priority, flow', {
  skip,
  timeout,
}, async t => {
  const { emails, node, pythonProducer, finished } = started(t)
  const worker = node()
  const ids = await pythonProducer()
  assert.equal(ids.length, 25)
  for (const id of ids) await finished((await emails.getJob(id)) as Job)
  await worker.stop()
  const retried = ids[21] as string
  assert.deepEqual(
    ids.map(id => worker.lines.filter(run => run === id).length),
    ids.map(id => (id === retried ? 2 : 1)),
  )
})

test('a Python worker has a queue of its own, also for the children of a job on RabbitMQ', {
  skip,
  timeout,
}, async t => {
  const { emails, thumbnails, node, pythonWorker, finished } = started(t)
  node()
  pythonWorker()
  const job = await thumbnails.add('picture', { video: 'dogs' })
  assert.deepEqual(await finished(job), { pictureOf: 'dogs' })
  const damaged = await thumbnails.add('picture', { video: 'damaged' })
  await assert.rejects(finished(damaged), /no picture could be taken/)
  let gallery: Job | undefined
  while (!gallery) {
    await delay(10)
    gallery = await emails.getJob('gallery')
  }
  const mail = await finished(gallery)
  assert.deepEqual(mail.with.map(({ pictureOf }: { pictureOf: string }) => pictureOf).sort(), [
    'beach',
    'hills',
  ])
})

test('a Python worker on the queue of a Node.js worker: each job runs once, its failures leave no dead letter', {
  skip,
  timeout,
}, async t => {
  const { emails, plainEmails, node, pythonWorker, finished } = started(t)
  const byPython = pythonWorker('emails')
  const damaged = await plainEmails.add('welcome', { video: 'damaged' })
  await assert.rejects(finished(damaged), /no picture could be taken/)
  const count = await plainEmails.getWorkersCount()
  const byNode = node()
  while ((await plainEmails.getWorkersCount()) === count) await delay(10)
  const jobs: Job[] = []
  for (let n = 0; n < 50; n++) {
    jobs.push(await plainEmails.add('welcome', { to: `${n}@example.com` }))
    jobs.push(await emails.add('welcome', { to: `${n}@example.org` }))
  }
  for (const job of jobs) await finished(job)
  await Promise.all([byNode.stop(), byPython.stop()])
  const runs = [...byNode.lines, ...byPython.lines]
  assert.deepEqual(
    jobs.map(job => runs.filter(run => run === job.id).length),
    jobs.map(() => 1),
  )
  assert.equal((await deadLettersOf(emails).list()).total, 0)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Job, JobsOptions } from 'bullmq'
import { type DeadJob, deadLettersOf } from '../../src/index.ts'
import { brokerAdmin, readyCount } from '../support/broker-admin.ts'
import { type Setup, setup } from '../support/setup.ts'

/** A queue whose jobs fail as long as `isBroken`. */
function breakable({ queue, worker }: Setup) {
  const jobs = queue()
  const plant = { isBroken: true }
  const runs: { id: string; data: unknown; attemptsMade: number }[] = []
  const consumer = worker(async ({ id, data, attemptsMade }) => {
    runs.push({ id: String(id), data, attemptsMade })
    if (plant.isBroken) throw new Error('the plant is broken')
  })
  const ended = (event: 'completed' | 'failed', id: string) =>
    new Promise<Job>(resolve => {
      const listen = (job: Job | undefined) => {
        if (job?.id !== id || job.finishedOn === undefined) return
        consumer.off(event as 'failed', listen)
        resolve(job)
      }
      consumer.on(event as 'failed', listen)
    })
  const fail = async (id: string, options: JobsOptions = {}) => {
    const failed = ended('failed', id)
    await jobs.add('greet', { to: 'Ada' }, { ...options, jobId: id })
    await failed
  }
  return { jobs, letters: deadLettersOf(jobs), plant, runs, ended, fail }
}

const statusOf = async (letters: ReturnType<typeof deadLettersOf>, id: string) =>
  ((await letters.get(id)) as DeadJob[]).map(({ status, job }) => `${status}, ${job}`)

test('R9: replaying a failed job runs it again by its own record, and takes its letter away', async t => {
  const { letters, plant, runs, ended, fail } = breakable(setup(t))
  await fail('j1', { attempts: 2 })
  plant.isBroken = false
  const completed = ended('completed', 'j1')
  const replays = await letters.replay({ ids: ['j1'] })
  assert.deepEqual(
    replays.map(({ id, outcome }) => [id, outcome]),
    [['j1', 'retried']],
  )
  assert.equal((await completed).attemptsMade, 3)
  assert.deepEqual(
    runs.map(({ attemptsMade }) => attemptsMade),
    [0, 1, 2],
  )
  assert.equal(await letters.count(), 0)
})

test('a replayed job can be given all its attempts again', async t => {
  const { letters, runs, ended, fail } = breakable(setup(t))
  await fail('j1', { attempts: 2 })
  const failed = ended('failed', 'j1')
  await letters.replay('all', { resetAttempts: true })
  await failed
  assert.deepEqual(
    runs.map(({ attemptsMade }) => attemptsMade),
    [0, 1, 0, 1],
  )
})

test('R9: replaying a job whose record is gone makes it anew, under its id, with all its attempts', async t => {
  const base = setup(t)
  const { jobs, letters, plant, runs, ended, fail } = breakable(base)
  await fail('j1', { attempts: 2, delay: 5, removeOnFail: true, priority: 3, keepLogs: 7 })
  assert.deepEqual(await statusOf(letters, 'j1'), ['removed, removed'])
  plant.isBroken = false
  const completed = ended('completed', 'j1')
  const replays = await letters.replay('all')
  assert.deepEqual(
    replays.map(({ outcome }) => outcome),
    ['rebuilt'],
  )
  await completed
  assert.deepEqual(runs.at(-1), { id: 'j1', data: { to: 'Ada' }, attemptsMade: 0 })
  const job = await jobs.getJob('j1')
  assert.deepEqual(
    [job?.opts.attempts, job?.opts.priority, job?.opts.keepLogs, job?.opts.delay ?? 0],
    [2, 3, 7, 0],
  )
  assert.equal(await letters.count(), 0)
})

test('dead letters outlive Redis: after a flush they can be replayed', async t => {
  const base = setup(t)
  const { letters, plant, ended, fail } = breakable(base)
  await fail('j1')
  const keys = await base.redis.keys(`${base.prefix}:*`)
  await base.redis.del(keys)
  plant.isBroken = false
  const completed = ended('completed', 'j1')
  assert.deepEqual(
    (await letters.replay('all')).map(({ outcome }) => outcome),
    ['rebuilt'],
  )
  await completed
})

test('a replay that fails again is a new letter', async t => {
  const { letters, ended, fail } = breakable(setup(t))
  await fail('j1')
  const [first] = (await letters.get('j1')) as DeadJob[]
  const failed = ended('failed', 'j1')
  await letters.replay({ ids: ['j1'] })
  await failed
  const again = (await letters.get('j1')) as DeadJob[]
  assert.equal(again.length, 1)
  assert.notEqual(again[0]?.stamp, first?.stamp)
  assert.deepEqual([again[0]?.status, again[0]?.failure.attemptsMade], ['failed', 2])
})

test('a letter whose job has moved on is shown as replayed, and is not replayed', async t => {
  const base = setup(t)
  const { jobs, letters, plant, runs, ended, fail } = breakable(base)
  await Promise.all(['completed-since', 'removed-after', 'added-again'].map(id => fail(id)))
  plant.isBroken = false
  // As a dashboard does it, by BullMQ on Redis alone.
  const dashboard = base.plainQueue()
  for (const id of ['completed-since', 'removed-after']) {
    const completed = ended('completed', id)
    await (await dashboard.getJob(id))?.retry()
    await completed
  }
  await (await dashboard.getJob('removed-after'))?.remove()
  await (await dashboard.getJob('added-again'))?.remove()
  assert.deepEqual(await statusOf(letters, 'added-again'), ['removed, removed'])
  const completed = ended('completed', 'added-again')
  await jobs.add('greet', { to: 'Bob' }, { jobId: 'added-again' })
  await completed

  assert.deepEqual(await statusOf(letters, 'completed-since'), ['replayed, completed'])
  assert.deepEqual(await statusOf(letters, 'removed-after'), ['replayed, removed'])
  assert.deepEqual(await statusOf(letters, 'added-again'), ['replayed, completed'])
  const runsBefore = runs.length
  const replays = await letters.replay('all')
  assert.deepEqual(
    replays.map(({ outcome }) => outcome),
    ['moved on', 'moved on', 'moved on'],
  )
  assert.equal(await letters.count(), 3)
  assert.equal(runs.length, runsBefore)
  assert.equal(await letters.purge({ replayed: true }), 3)
  assert.equal(await letters.count(), 0)
})

test('a job that was retried elsewhere and failed again has two letters; the later one counts', async t => {
  const base = setup(t)
  const { letters, ended, fail } = breakable(base)
  await fail('j1')
  const failed = ended('failed', 'j1')
  await (await base.plainQueue().getJob('j1'))?.retry()
  await failed
  assert.deepEqual(await statusOf(letters, 'j1'), ['replayed, failed', 'failed, failed'])
  const again = ended('failed', 'j1')
  const replays = await letters.replay({ ids: ['j1'] })
  assert.deepEqual(
    replays.map(({ outcome }) => outcome),
    ['moved on', 'retried'],
  )
  await again
})

test('of two copies of a letter one replays the job, and both go', async t => {
  const base = setup(t)
  const { letters, plant, runs, ended, fail } = breakable(base)
  await fail('j1')
  const admin = await brokerAdmin(t)
  const queue = `${base.amqpQueue}:dead`
  const message = await admin.get(queue)
  assert.ok(message)
  admin.sendToQueue(queue, message.content, message.properties)
  admin.nack(message)
  while ((await readyCount(admin, queue)) < 2) await new Promise(resolve => setImmediate(resolve))
  plant.isBroken = false
  const completed = ended('completed', 'j1')
  const replays = await letters.replay('all')
  assert.deepEqual(
    replays.map(({ outcome }) => outcome),
    ['retried'],
  )
  await completed
  assert.equal(runs.length, 2)
  assert.equal(await letters.count(), 0)
})

test('replaying many keeps what was not selected, in order', async t => {
  const { letters, plant, fail } = breakable(setup(t))
  for (let n = 1; n <= 12; n++) await fail(`j${n}`)
  plant.isBroken = false
  await letters.replay({ ids: ['j3', 'j7', 'j12'] })
  const rest = (await letters.list()).letters.map(({ id }) => id)
  assert.deepEqual(rest, ['j1', 'j2', 'j4', 'j5', 'j6', 'j8', 'j9', 'j10', 'j11'])
})

test('obliterating a queue takes its dead letters and what was noted of them', async t => {
  const base = setup(t)
  const { jobs, letters, ended, fail } = breakable(base)
  await fail('j1')
  const failed = ended('failed', 'j1')
  await (await base.plainQueue().getJob('j1'))?.retry()
  await failed
  assert.equal(await letters.count(), 2)
  await jobs.obliterate({ force: true })
  assert.equal(await letters.count(), 0)
  assert.equal(await base.redis.exists(`${base.prefix}:jobs:moved-on`), 0)
})

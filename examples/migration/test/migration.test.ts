// The steps of packages/worker-kit/docs/migrate-from-bullmq.md, in their order, on an application that never stops.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Job } from 'bullmq'
import { FlowProducer } from 'bullmq'
import { application, type Program, until } from './application.ts'

/** A program that ends too early says nothing more. */
const timeout = 120_000

const HOUR_MS = 3_600_000

function many(name: string, count: number, options = {}) {
  return Array.from({ length: count }, (_, n) => ({
    ...{ name, data: { sendingMs: 50 }, opts: { jobId: `${name}-${n}`, ...options } },
  }))
}

test('an application moves to RabbitMQ and back without stopping, and each job runs once', {
  timeout,
}, async t => {
  const { connection, prefix, queues, worker, producer, untilNone } = application(t)
  const queue = queues.old
  /** All jobs that run more than once, and how often: a failed attempt is a run. */
  const runsTwice = ['bounced', 'greylisted']
  const workers: Program[] = []
  const producers: Program[] = []
  const started = <T extends Program>(programs: T[], program: T) => {
    programs.push(program)
    return program
  }
  const find = async (id: string) => (await queue.getJob(id)) as Job
  const oldWorkers = [0, 1].map(() => started(workers, worker('old')))
  let newWorkers: Program[]
  const oldProducer = started(producers, producer('old'))
  let newProducer: Program

  await t.test('step 1: an application on Redis alone, with jobs in every state', async () => {
    await oldProducer.untilSaid(10)
    await queue.add('welcome', { failures: 1 }, { jobId: 'bounced' })
    await queue.add('welcome', { failures: 1 }, { jobId: 'greylisted', attempts: 2, backoff: HOUR_MS })
    await until(async () => (await (await find('bounced')).getState()) === 'failed', 'a job has failed')
    await until(
      async () => (await (await find('greylisted')).getState()) === 'delayed',
      'a job is to be retried',
    )
    await queue.add('welcome', {}, { jobId: 'tomorrow', delay: HOUR_MS })
    await queue.upsertJobScheduler('report', { every: 500 }, { name: 'report' })
    const flows = new FlowProducer({ connection, prefix })
    const child = (jobId: string, delay?: number) => ({
      ...{ name: 'welcome', queueName: 'emails', opts: { jobId, delay } },
    })
    const children = [child('child'), child('late-child', HOUR_MS)]
    await flows.add({ name: 'digest', queueName: 'emails', opts: { jobId: 'digest' }, children })
    await flows.close()
    await until(async () => (await (await find('child')).getState()) === 'completed', 'a child is done')
    await queue.addBulk(many('backlog', 100))
    await queue.addBulk(many('prioritized', 10, { priority: 5 }))
    const states = ['active', 'waiting', 'prioritized', 'delayed', 'waiting-children', 'failed'] as const
    const counts = await queue.getJobCounts(...states)
    for (const state of states) assert.ok((counts[state] ?? 0) > 0, `no job is ${state}`)
  })

  await t.test('step 2: new workers beside the old ones', async () => {
    newWorkers = [0, 1].map(() => started(workers, worker('new')))
    await until(async () => (await queue.getWorkersCount()) === 4, 'four workers are there')
    // While all are busy both kinds get jobs. An old worker with room takes a job before its message has gone around.
    await queue.addBulk(many('busy', 300))
    await Promise.all(newWorkers.map(program => program.untilSaid(5)))
    const before = oldWorkers.map(({ ids }) => ids.length)
    await Promise.all(oldWorkers.map((old, n) => old.untilSaid((before[n] as number) + 5)))
  })

  await t.test('step 3: the old workers end what they do, and stop', async () => {
    await Promise.all(oldWorkers.map(old => old.stop()))
    const lastOnes = oldWorkers.flatMap(({ ids }) => ids.slice(-2))
    for (const id of lastOnes) assert.equal(await (await find(id)).getState(), 'completed')
    // What the old producer adds is found by the new workers, which publish it.
    const count = oldProducer.ids.length
    await oldProducer.untilSaid(count + 5)
    await until(
      async () => ran(newWorkers).has(oldProducer.ids[count] as string),
      'an old producer is served',
    )
  })

  await t.test('step 4: a new producer beside the old one, which then stops', async () => {
    newProducer = started(producers, producer('new'))
    await newProducer.untilSaid(20)
    await oldProducer.stop()
    const last = newProducer.ids.at(-1) as string
    await until(async () => ran(newWorkers).has(last), 'a new producer is served')
  })

  await t.test(
    'step 5: what came from the old times goes on: retries, delays, a flow, a schedule',
    async () => {
      await (await find('bounced')).retry()
      for (const id of ['greylisted', 'tomorrow', 'late-child']) await (await find(id)).promote()
      for (const id of ['bounced', 'greylisted', 'tomorrow', 'late-child', 'digest'])
        await until(async () => (await (await find(id)).getState()) === 'completed', `${id} is done`)
      const reports = () => [...ran(newWorkers)].filter(id => id.startsWith('repeat:report:')).length
      const before = reports()
      await until(async () => reports() >= before + 2, 'the schedule goes on')
      await untilNone('prioritized')
    },
  )

  await t.test('step 6: the way back: the producer first, then the workers', async () => {
    const again = started(producers, producer('old'))
    await again.untilSaid(5)
    await newProducer.stop()
    await queues.new.addBulk(many('back', 100))
    const old = started(workers, worker('old'))
    await old.untilSaid(5)
    await Promise.all(newWorkers.map(program => program.stop()))
    await old.untilSaid(old.ids.length + 20)
    await again.stop()
    await queue.removeJobScheduler('report')
    await untilNone('waiting', 'active', 'prioritized', 'delayed', 'waiting-children')
    await old.stop()
  })

  await t.test('step 7: and forward again: messages of jobs that have run start nothing', async () => {
    const again = started(workers, worker('new'))
    // Messages are delivered in their order: when these have run, all that was left before them has been looked at.
    await queues.new.addBulk(Array.from({ length: 20 }, (_, n) => ({ name: 'last', data: { n } })))
    await again.untilSaid(20)
    await untilNone('waiting', 'active')
    await again.stop()
    assert.equal(again.ids.length, 20)
  })

  const runs = new Map<string, number>()
  for (const id of workers.flatMap(({ ids }) => ids)) runs.set(id, (runs.get(id) ?? 0) + 1)
  const wrong = [...runs].filter(([id, count]) => count !== (runsTwice.includes(id) ? 2 : 1))
  assert.deepEqual(wrong, [], 'ran too often')
  const added = producers.flatMap(({ ids }) => ids)
  assert.deepEqual(
    added.filter(id => !runs.has(id)),
    [],
    'never ran',
  )
  assert.equal(runs.get('digest'), 1)
  assert.deepEqual(
    await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized', 'waiting-children', 'failed'),
    { waiting: 0, active: 0, delayed: 0, prioritized: 0, 'waiting-children': 0, failed: 0 },
  )
  assert.equal(await queue.getCompletedCount(), runs.size)
})

function ran(programs: Program[]): Set<string> {
  return new Set(programs.flatMap(({ ids }) => ids))
}

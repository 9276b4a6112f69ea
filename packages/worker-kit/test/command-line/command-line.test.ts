import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Job } from 'bullmq'
import { deadLettersOf } from '../../src/index.ts'
import { amqpUrl, redisUrl } from '../support/servers.ts'
import { setup } from '../support/setup.ts'

const main = fileURLToPath(new URL('../../src/command-line/main.ts', import.meta.url))

interface Ended {
  code: number
  stdout: string
  stderr: string
}

/** Runs the command line as a process of its own. */
function run(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  // A cluster whose first node is away.
  const AMQP_URL = `amqp://127.0.0.1:1,${amqpUrl()}`
  const connections = { PATH: process.env.PATH, AMQP_URL, REDIS_URL: redisUrl(), ...env }
  return new Promise(resolve =>
    execFile(process.execPath, [main, ...args], { env: connections }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    ),
  )
}

/** A queue with dead jobs `j1` to `j3`, whose error has a line break and a terminal's escape in it. */
async function deadQueue(t: TestContext) {
  const base = setup(t)
  const jobs = base.queue()
  const plant = { isBroken: true }
  const consumer = base.worker(async () => {
    if (plant.isBroken) throw new Error('broken\n\u001b[31mred')
  })
  for (const id of ['j1', 'j2', 'j3']) {
    const failed = new Promise<Job | undefined>(resolve => consumer.once('failed', resolve))
    await jobs.add('greet', { to: 'Ada' }, { jobId: id })
    await failed
  }
  const call = (...args: string[]) => run([...args, '--prefix', base.prefix])
  const json = async (...args: string[]) => {
    const { code, stdout } = await call(...args, '--json')
    return { code, ...JSON.parse(stdout) }
  }
  return { ...base, jobs, plant, consumer, letters: deadLettersOf(jobs), call, json }
}

test('the command line shows queues, jobs and dead letters, as tables and as JSON', async t => {
  const { call, json } = await deadQueue(t)
  const queues = await call('queues')
  assert.equal(queues.code, 0, queues.stderr)
  const [heading, row] = queues.stdout.split('\n') as [string, string]
  assert.match(heading, /^QUEUE +WAITING +PRIORITIZED +ACTIVE +DELAYED +FAILED +COMPLETED +DEAD +PAUSED$/)
  assert.match(row, /^jobs +0 +0 +0 +0 +3 +0 +3 +no$/)
  const counts = { waiting: 0, prioritized: 0, active: 0, delayed: 0, failed: 3, completed: 0, dead: 3 }
  assert.deepEqual(await json('queues'), {
    ...{ code: 0, command: 'queues', total: 1 },
    items: [{ name: 'jobs', ...counts, paused: false }],
  })

  const jobs = await json('jobs', 'jobs', '--state', 'failed', '--limit', '2')
  assert.deepEqual([jobs.code, jobs.total, jobs.items.length], [0, 3, 2])
  assert.equal(jobs.items[0].attemptsMade, 1)

  const dead = await call('dead', 'jobs', '--limit', '2')
  const lines = dead.stdout.trimEnd().split('\n')
  assert.match(lines[1] as string, /^j1 +greet +failed +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +1 +broken \[31mred$/)
  assert.equal(lines.at(-1), '2 of 3')
  assert.ok(!dead.stdout.includes('\u001b'), 'an error must not drive the terminal')

  const [letter] = (await json('dead', 'jobs', 'j2')).items
  assert.deepEqual(
    [letter.id, letter.status, letter.data, letter.failure.attemptsMade],
    ['j2', 'failed', { to: 'Ada' }, 1],
  )
  assert.match(
    (await call('dead', 'jobs', 'j2')).stdout,
    /^j2 {2}greet\nstatus +failed \(its job: failed\)\n/,
  )
})

test('it shows a queue that the broker does not know, and finds no dead letters there', async t => {
  const base = setup(t)
  const stock = base.plainQueue()
  await stock.addBulk([
    { name: 'greet', data: {} },
    { name: 'greet', data: {}, opts: { jobId: 'later', delay: 3_600_000 } },
  ])
  const call = (...args: string[]) => run([...args, '--prefix', base.prefix])
  const queues = await call('queues')
  assert.equal(queues.code, 0, queues.stderr)
  assert.match(queues.stdout.split('\n')[1] as string, /^jobs +1 +0 +0 +1 +0 +0 +- +no$/)
  assert.equal(JSON.parse((await call('queues', '--json')).stdout).items[0].dead, null)

  assert.equal((await call('dead', 'jobs')).stdout, 'Queue "jobs" has no dead letters.\n')
  assert.match((await call('dead', 'jobs', 'later')).stderr, /queue "jobs" has no dead letter "later"/)
  assert.match((await call('replay', 'jobs', 'later')).stderr, /queue "jobs" has no dead letter "later"/)
  assert.equal((await call('purge', 'jobs', '--all', '--yes')).stdout, '0 dead letters deleted\n')
  assert.match(
    (await call('cancel', 'jobs', 'later')).stderr,
    /^worker-kit: queue "jobs" has no dead-letter queue/,
  )
  assert.equal(await stock.getDelayedCount(), 1)
  // BullMQ itself writes 0 attempts for a job that was added without any.
  assert.match((await call('jobs', 'jobs', '--state', 'waiting')).stdout, /^\S+ +greet +waiting +0\/1 /m)
})

test('it replays by id, and says what it could not do', async t => {
  const { call, json, plant, consumer, letters } = await deadQueue(t)
  plant.isBroken = false
  const completed = new Promise<Job>(resolve => consumer.once('completed', resolve))
  const { code, stdout } = await call('replay', 'jobs', 'j2')
  assert.deepEqual([code, stdout.trimEnd().split('\n').at(-1)], [0, '1 replayed'])
  assert.equal((await completed).id, 'j2')
  const missing = await json('replay', 'jobs', 'j2')
  assert.deepEqual([missing.code, missing.error.code], [1, 'ERR_INCOMPLETE'])
  assert.match(missing.error.message, /no dead letter "j2"/)
  assert.equal(await letters.count(), 2)
})

test('it purges by id, and all only when told so', async t => {
  const { call, letters } = await deadQueue(t)
  assert.equal((await call('purge', 'jobs', 'j1')).stdout, '1 dead letters deleted\n')
  const refused = await call('purge', 'jobs', '--all')
  assert.deepEqual([refused.code, await letters.count()], [1, 2])
  assert.match(refused.stderr, /^worker-kit: purge --all deletes all dead letters; add --yes/)
  assert.equal((await call('purge', 'jobs', '--older-than', '1h')).stdout, '0 dead letters deleted\n')
  assert.equal((await call('purge', 'jobs', '--all', '--yes')).stdout, '2 dead letters deleted\n')
  assert.equal(await letters.count(), 0)
})

test('it cancels jobs, and says what became of each', async t => {
  const { call, json, jobs } = await deadQueue(t)
  await jobs.add('greet', {}, { jobId: 'later', delay: 3_600_000 })
  const { code, items, error } = await json('cancel', 'jobs', 'later', 'j1', 'j9', '--reason', 'a mistake')
  assert.deepEqual([code, error.message], [1, 'queue "jobs" has no job "j9"'])
  assert.deepEqual(items, [
    { id: 'later', outcome: 'canceled' },
    { id: 'j1', outcome: 'finished' },
    { id: 'j9', outcome: 'unknown' },
  ])
  assert.equal((await jobs.getJob('later'))?.failedReason, 'Canceled: a mistake')
  const { stdout } = await call('cancel', 'jobs', 'j1')
  assert.match(stdout, /^ID +OUTCOME\nj1 +finished +it had ended before; nothing was done\n$/)
})

test('it pauses and resumes a queue', async t => {
  const { call, jobs } = await deadQueue(t)
  await call('pause', 'jobs')
  assert.equal(await jobs.isPaused(), true)
  await call('resume', 'jobs')
  assert.equal(await jobs.isPaused(), false)
})

test('it tells its version and explains itself, without a server', async () => {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
  for (const args of [['--version'], ['-v'], ['version'], ['queues', '--version']])
    assert.deepEqual(await run(args, { AMQP_URL: '' }), { code: 0, stdout: `${version}\n`, stderr: '' })
  for (const args of [['--help'], ['-h'], ['help'], [], ['version', '--help']])
    assert.match((await run(args, { AMQP_URL: '' })).stdout, /worker-kit replay QUEUE ID/)
})

test('what is wrong is said in one line, with an exit code, and without passwords', async t => {
  const { call, json } = await deadQueue(t)
  const calls: [string[], number, RegExp][] = [
    [['dead', 'nowhere'], 1, /^worker-kit: no queue "nowhere" under the prefix "\S+"; there are jobs\n$/],
    [['dead', 'jobs', 'j9'], 1, /^worker-kit: queue "jobs" has no dead letter "j9"\n$/],
    [['bury', 'jobs'], 2, /^worker-kit: unknown command "bury"/],
    [['dead'], 2, /^worker-kit: dead: the queue is missing\n$/],
    [['cancel', 'jobs'], 2, /^worker-kit: cancel: the id of a job is missing\n$/],
    [['pause', 'jobs', '--all'], 2, /^worker-kit: pause takes no option --all\n$/],
    [['dead', 'jobs', '--limit', 'many'], 2, /^worker-kit: --limit: expected an integer >= 0, got "many"\n$/],
    [['purge', 'jobs', '--older-than', 'long'], 2, /^worker-kit: --older-than: expected a time such as/],
    [['purge', 'jobs'], 2, /^worker-kit: purge: give the ids/],
    [['queues', '--sideways'], 2, /^worker-kit: .*--sideways/],
    [
      ['queues', '--amqp-url', 'http://user:secret@h'],
      2,
      /^worker-kit: --amqp-url, or AMQP_URL, is no amqp address\n$/,
    ],
    [
      ['queues', '--redis-url', 'redis://:secret@127.0.0.1:1'],
      1,
      /^worker-kit: Redis at 127\.0\.0\.1:1 cannot be reached: [^\n]*\n$/,
    ],
    [
      ['queues', '--amqp-url', 'amqp://u:secret@127.0.0.1:1'],
      1,
      /^worker-kit: RabbitMQ at 127\.0\.0\.1:1 cannot be reached: [^\n]*\n$/,
    ],
  ]
  const ended = await Promise.all(calls.map(([args]) => call(...args)))
  for (const [i, [args, code, pattern]] of calls.entries()) {
    const { stdout, stderr, ...rest } = ended[i] as Ended
    assert.deepEqual([rest.code, stdout], [code, ''], args.join(' '))
    assert.match(stderr, pattern)
    assert.doesNotMatch(stderr, /secret/)
  }
  assert.equal((await json('dead', 'nowhere')).error.code, 'ERR_UNKNOWN_QUEUE')
})

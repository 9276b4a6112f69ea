import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { amqpUrl } from '@jackalope/local-servers/testing'
import type { Queue } from 'bullmq'
import { Broker } from '../../src/amqp/broker.ts'
import { readDeadLetterQueue } from '../../src/dead-letters/read-dead-letter-queue.ts'
import { type DeadJob, deadLettersOf, type MalformedMessage } from '../../src/index.ts'
import { brokerAdmin, readyCount } from '../support/broker-admin.ts'
import { type Setup, setup } from '../support/setup.ts'

/** Adds jobs 1 to `count`, which all fail; resolves when they have. */
async function failMany({ queue, worker }: Setup, count: number): Promise<Queue> {
  const jobs = queue()
  const consumer = worker(
    async ({ data }) => {
      throw new Error(`job ${data.n} broke`)
    },
    { concurrency: 1 },
  )
  let failures = 0
  const allFailed = new Promise<void>(resolve =>
    consumer.on('failed', () => {
      failures += 1
      if (failures === count) resolve()
    }),
  )
  await jobs.addBulk(Array.from({ length: count }, (_, i) => ({ name: 'a', data: { n: i + 1 } })))
  await allFailed
  return jobs
}

const numbers = (letters: unknown[]) => (letters as DeadJob[]).map(({ data }) => (data as { n: number }).n)

test('dead letters are listed oldest first, page by page, and stay where they are', async t => {
  const jobs = await failMany(setup(t), 7)
  const letters = deadLettersOf(jobs)
  for (const round of [1, 2, 3]) {
    const page = await letters.list({ limit: 3 })
    assert.deepEqual([numbers(page.letters), page.total], [[1, 2, 3], 7], `round ${round}`)
    const next = await letters.list({ offset: 3, limit: 3 })
    assert.deepEqual([numbers(next.letters), next.total], [[4, 5, 6], 7])
  }
  assert.deepEqual(numbers((await letters.list({ offset: 6 })).letters), [7])
  assert.deepEqual(numbers((await letters.list()).letters), [1, 2, 3, 4, 5, 6, 7])
  assert.equal(await letters.count(), 7)
})

test('several can list at once: each sees all letters, in order', async t => {
  const base = setup(t)
  const jobs = await failMany(base, 30)
  const listers = [deadLettersOf(jobs), deadLettersOf(base.queue()), deadLettersOf(base.queue())]
  const lists = await Promise.all([...listers, ...listers].map(letters => letters.list()))
  const expected = Array.from({ length: 30 }, (_, i) => i + 1)
  for (const { letters, total } of lists) assert.deepEqual([numbers(letters), total], [expected, 30])
})

test('a reader that dies gives everything back, in order', async t => {
  const base = setup(t)
  const jobs = await failMany(base, 20)
  const queue = `${base.amqpQueue}:dead`
  const broker = new Broker({ url: amqpUrl() })
  await assert.rejects(
    readDeadLetterQueue(broker, queue, async reader => {
      for await (const window of reader.windows()) {
        assert.equal(window.length, 20)
        throw new Error('killed here')
      }
    }),
    /killed here/,
  )
  const admin = await brokerAdmin(t)
  while ((await readyCount(admin, queue)) < 20) await turn()
  assert.deepEqual(
    numbers((await deadLettersOf(jobs).list()).letters),
    Array.from({ length: 20 }, (_, i) => i + 1),
  )
})

test('letters beyond one window of the reader keep their order, and some can be taken out of their middle', async t => {
  const { queue, amqpQueue } = setup(t)
  const letters = deadLettersOf(queue())
  await letters.count()
  const admin = await brokerAdmin(t)
  const dead = `${amqpQueue}:dead`
  const COUNT = 3_500
  for (let n = 0; n < COUNT; n++)
    admin.sendToQueue(dead, Buffer.from(`message ${n}`), { persistent: true, messageId: String(n) })
  while ((await readyCount(admin, dead)) < COUNT) await turn()

  const ids = await idsOfMalformed(letters)
  assert.deepEqual(
    ids.bodies,
    Array.from({ length: COUNT }, (_, n) => `message ${n}`),
  )
  const taken = [0, 1_500, 2_999, 3_499].map(n => ids.ids[n] as string)
  assert.equal(await letters.purge({ ids: taken }), 4)
  const rest = await idsOfMalformed(letters)
  assert.deepEqual(
    rest.bodies,
    ids.bodies.filter((_, n) => ![0, 1_500, 2_999, 3_499].includes(n)),
  )
  assert.equal(await letters.purge('all'), COUNT - 4)
  assert.equal(await letters.count(), 0)
})

test('of many letters in one window all that are purged are gone, and the rest keeps its order', async t => {
  const { queue, amqpQueue } = setup(t)
  const letters = deadLettersOf(queue())
  await letters.count()
  const admin = await brokerAdmin(t)
  const dead = `${amqpQueue}:dead`
  const COUNT = 1_000
  const isOld = (n: number) => n % 3 > 0
  for (let n = 0; n < COUNT; n++)
    admin.sendToQueue(dead, Buffer.from(`message ${n}`), {
      persistent: true,
      headers: { 'x-refused': 'it is a test', 'x-refused-at': isOld(n) ? 1_000 : 2_000 },
    })
  while ((await readyCount(admin, dead)) < COUNT) await turn()
  const { bodies } = await idsOfMalformed(letters)
  assert.equal(await letters.purge({ before: new Date(1_500) }), 666)
  assert.deepEqual(
    (await idsOfMalformed(letters)).bodies,
    bodies.filter(body => !isOld(Number(body.split(' ')[1]))),
  )
})

async function idsOfMalformed(letters: ReturnType<typeof deadLettersOf>) {
  const { letters: found } = await letters.list({ limit: 10_000 })
  const malformed = found as MalformedMessage[]
  return { ids: malformed.map(({ id }) => id), bodies: malformed.map(({ body }) => body.toString()) }
}

test('a letter that was looked at too often is renewed before the broker would drop it', async t => {
  const base = setup(t)
  const jobs = await failMany(base, 3)
  const broker = new Broker({ url: amqpUrl() })
  const queue = `${base.amqpQueue}:dead`
  const look = () =>
    readDeadLetterQueue(
      broker,
      queue,
      async reader => {
        const counts: number[] = []
        for await (const window of reader.windows())
          for (const { properties } of window)
            counts.push(Number(properties.headers?.['x-delivery-count'] ?? 0))
        return counts
      },
      { renewalCount: 2 },
    )
  assert.deepEqual(await look(), [0, 0, 0])
  assert.deepEqual(await look(), [1, 1, 1])
  assert.deepEqual(await look(), [2, 2, 2])
  assert.deepEqual(await look(), [0, 0, 0])
  assert.deepEqual(numbers((await deadLettersOf(jobs).list()).letters), [1, 2, 3])
})

test('copies of a letter are shown once', async t => {
  const base = setup(t)
  const jobs = await failMany(base, 2)
  const admin = await brokerAdmin(t)
  await copyFirst(admin, `${base.amqpQueue}:dead`)
  const { letters, total } = await deadLettersOf(jobs).list()
  assert.deepEqual([numbers(letters), letters.map(({ copies }) => copies), total], [[1, 2], [2, 1], 3])
})

test('a message that is no job is shown with the reason and its body', async t => {
  const { queue, amqpQueue, worker } = setup(t)
  const jobs = queue()
  const consumer = worker(async () => undefined)
  await consumer.waitUntilReady()
  const letters = deadLettersOf(jobs)
  await letters.count()
  const admin = await brokerAdmin(t)
  const refused = new Promise(resolve => consumer.once('error', resolve))
  admin.sendToQueue(amqpQueue, Buffer.from('{"to":"Ada"}'), {
    messageId: 'm1',
    headers: { 'x-from': 'a script' },
  })
  await refused
  while ((await letters.count()) < 1) await turn()
  const [letter] = (await letters.list()).letters
  assert.ok(letter?.kind === 'malformed')
  const { id, reason, at, body, properties, copies } = letter
  assert.match(id, /^malformed-[0-9a-f]{12}$/)
  assert.equal(reason, 'it names no job: "name" in its body, or its type')
  assert.ok(at && Date.now() - at.getTime() < 60_000)
  assert.equal(body.toString(), '{"to":"Ada"}')
  assert.deepEqual(properties, { messageId: 'm1', headers: { 'x-from': 'a script' } })
  assert.equal(copies, 1)
  assert.deepEqual(await letters.get(id), [letter])
  const [replay] = await letters.replay({ ids: [id] })
  assert.equal(replay?.outcome, 'refused')
  assert.match(String(replay?.error?.message), /cannot be replayed: it is no job: it names no job/)
  assert.equal(await letters.count(), 1)
  // Anybody may write there what is the broker's to write.
  const time = { '!': 'timestamp', value: 2 ** 60 }
  for (const death of [5, [], [5], [{ reason: 5, time }]])
    admin.sendToQueue(`${amqpQueue}:dead`, Buffer.from('{}'), { headers: { 'x-death': death } })
  while ((await letters.count()) < 5) await turn()
  const { letters: all } = await letters.list()
  // Without what the broker writes they are copies of one.
  assert.deepEqual(
    all.map(({ kind, copies, ...shown }) => [kind, copies, 'at' in shown && shown.at]),
    [
      ['malformed', 4, undefined],
      ['malformed', 1, at],
    ],
  )
})

test('a letter that is moved back to the queue of jobs by hand is refused there, and not dropped', async t => {
  const base = setup(t)
  const jobs = await failMany(base, 1)
  const admin = await brokerAdmin(t)
  const letters = deadLettersOf(jobs)
  const message = await admin.get(`${base.amqpQueue}:dead`)
  assert.ok(message)
  admin.sendToQueue(base.amqpQueue, message.content, message.properties)
  admin.ack(message)
  while ((await letters.count()) < 1) await turn()
  assert.deepEqual(numbers((await letters.list()).letters), [1])
})

async function copyFirst(admin: Awaited<ReturnType<typeof brokerAdmin>>, queue: string): Promise<void> {
  const message = await admin.get(queue)
  assert.ok(message)
  const before = await readyCount(admin, queue)
  admin.sendToQueue(queue, message.content, message.properties)
  admin.nack(message)
  while ((await readyCount(admin, queue)) < before + 2) await turn()
}

test('a purge by time takes what was written before', async (t: TestContext) => {
  const base = setup(t)
  const jobs = await failMany(base, 4)
  const letters = deadLettersOf(jobs)
  const found = (await letters.list()).letters as DeadJob[]
  assert.equal(await letters.purge({ before: new Date(0) }), 0)
  const cutoff = new Date((found[3] as DeadJob).failure.at.getTime() + 1)
  assert.equal(await letters.purge({ before: cutoff }), 4)
  assert.deepEqual(await letters.list(), { letters: [], total: 0 })
})

test('a selection that could be misread is refused, and removes nothing', async t => {
  const letters = deadLettersOf(await failMany(setup(t), 2))
  const [first] = (await letters.list()).letters as DeadJob[]
  assert.ok(first)
  const wrong: [selection: unknown, said: RegExp][] = [
    [{ ids: `${first.id}7` }, /ids: expected a list of ids, got "/],
    [
      { ids: [first.id], before: new Date() },
      /expected "all", or an object with one of .*, got an object with ids, before/,
    ],
    [{ replayed: false }, /replayed: expected true, got false/],
    [{ befor: new Date() }, /got an object with befor$/],
    [{ before: '2026-01-01' }, /before: expected a Date, got "2026-01-01"/],
    [undefined, /got undefined$/],
  ]
  for (const [selection, message] of wrong)
    for (const act of ['purge', 'replay'] as const)
      await assert.rejects(letters[act](selection as never), { code: 'ERR_INVALID_DEFINITION', message })
  await assert.rejects(letters.replay('all', { reset: true } as never), /reset: no such option/)
  await assert.rejects(letters.list({ limit: -1 }), /list: limit: expected an integer >= 0, got -1/)
  assert.equal(await letters.purge({ ids: [first.id] }), 1)
  assert.equal(await letters.count(), 1)
})

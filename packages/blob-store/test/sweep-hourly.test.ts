import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { EventEmitter, on } from 'node:events'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { onEnd } from '@jackalope/local-servers/testing'
import { sweepHourly } from '../src/index.ts'
import { setupDisk } from './disk-setup.ts'

const hourMs = 3_600_000

/** A store that `sweepHourly` sweeps, and its log. */
async function setup(t: TestContext) {
  const { store, dir } = await setupDisk(t)
  await store.ping() // creates its folders
  const log = new EventEmitter()
  const lines = on(log, 'line', { signal: AbortSignal.timeout(10_000) })
  const logger = {
    info: (details: object, message: string) => log.emit('line', { ...details, message }),
    warn: ({ err }: { err?: { code?: string } }, message: string) =>
      log.emit('line', { code: err?.code, message }),
  }
  const ended = new AbortController()
  onEnd(t, () => ended.abort())
  let sweeps = 0
  const counted = {
    sweepUnfinished(lastSeenBefore: Date) {
      sweeps += 1
      return store.sweepUnfinished(lastSeenBefore)
    },
  }
  return {
    store,
    start: () => sweepHourly(counted, { what: 'videos', logger, signal: ended.signal }),
    end: () => ended.abort(),
    sweeps: () => sweeps,
    nextLine: async () => (await lines.next()).value?.[0],
    left: () => readdir(join(dir, 'unfinished')),
    /** Leaves a half-written blob that was last written `ageMs` ago; gives its id. */
    async leave(ageMs: number) {
      const id = randomBytes(12).toString('hex')
      const content = join(dir, 'unfinished', id, 'content')
      const then = new Date(Date.now() - ageMs)
      await mkdir(join(dir, 'unfinished', id))
      await writeFile(content, 'half')
      await utimes(content, then, then)
      return id
    },
  }
}

test('removes at once what was last written to over an hour ago, and keeps what is younger', async t => {
  const { start, leave, left, nextLine } = await setup(t)
  await leave(hourMs + 60_000)
  const young = await leave(hourMs - 60_000)
  start()
  assert.deepEqual(await nextLine(), { removed: 1, message: 'removed half-written videos' })
  assert.deepEqual(await left(), [young])
})

test('sweeps again each hour until it is ended', async t => {
  const { start, end, sweeps, leave, nextLine } = await setup(t)
  await leave(2 * hourMs)
  t.mock.timers.enable({ apis: ['setInterval'] })
  start()
  assert.equal((await nextLine()).removed, 1)
  await leave(2 * hourMs)
  await leave(2 * hourMs)
  t.mock.timers.tick(hourMs)
  assert.equal((await nextLine()).removed, 2)

  end()
  t.mock.timers.tick(hourMs)
  assert.equal(sweeps(), 2)
})

test('logs that the store is away, and goes on', async t => {
  const { store, start, sweeps, nextLine } = await setup(t)
  await store.close()
  t.mock.timers.enable({ apis: ['setInterval'] })
  start()
  assert.deepEqual(await nextLine(), {
    code: 'ERR_STORE_UNAVAILABLE',
    message: 'could not look for half-written videos',
  })
  t.mock.timers.tick(hourMs)
  assert.equal(sweeps(), 2)
})

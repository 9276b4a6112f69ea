import assert from 'node:assert/strict'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { temporaryFolder } from '@jackalope/local-servers/testing'
import { type LockHolder, type LockOptions, takeLock } from '../src/run-lock.ts'

async function setup(t: TestContext) {
  const dir = await temporaryFolder(t)
  const file = join(dir, 'system.lock')
  const take = (options: Partial<LockOptions> = {}) =>
    takeLock(file, { purpose: 'test', onWait: () => {}, signal: t.signal, ...options })
  return { dir, file, take }
}

test('lets one in at a time, and tells the others who has it', async t => {
  const { dir, take } = await setup(t)
  const first = await take({ purpose: 'first' })
  const { promise: waiting, resolve } = Promise.withResolvers<LockHolder>()
  const second = take({ onWait: resolve })
  const holder = await waiting
  assert.equal(holder.purpose, 'first')
  assert.equal(holder.pid, process.pid)
  await first.release()
  await (await second).release()
  assert.deepEqual(await readdir(dir), [])
})

test('takes over the lock of a process that is gone', async t => {
  const { dir, file, take } = await setup(t)
  await writeFile(file, JSON.stringify({ pid: process.pid, startedAt: 'long ago', purpose: 'demo' }))
  const lock = await take({ onWait: () => assert.fail('nobody has it') })
  await lock.release()
  assert.deepEqual(await readdir(dir), [])
})

test('never lets two in when many find a stale lock at once', async t => {
  const { file, take } = await setup(t)
  let inside = 0
  const visit = async () => {
    const lock = await take()
    inside += 1
    assert.equal(inside, 1)
    await new Promise(resolve => setImmediate(resolve))
    inside -= 1
    await lock.release()
  }
  for (let round = 0; round < 3; round += 1) {
    await writeFile(file, JSON.stringify({ pid: 1, startedAt: `long ago ${round}`, purpose: 'demo' }))
    await Promise.all(Array.from({ length: 5 }, visit))
  }
})

test('gives up when told to', async t => {
  const { take } = await setup(t)
  const lock = await take()
  await assert.rejects(take({ signal: AbortSignal.timeout(50) }), { name: 'TimeoutError' })
  const refuse = () => {
    throw new Error('not now')
  }
  await assert.rejects(take({ onWait: refuse }), /not now/)
  await lock.release()
})

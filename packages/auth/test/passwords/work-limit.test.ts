import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { HttpProblem } from '@jackalope/service-kit'
import { createWorkLimit } from '../../src/passwords/work-limit.ts'

/** A task that reports its start and ends on demand. */
function heldWork(name: string, begun: string[]) {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const run = () => {
    begun.push(name)
    return promise
  }
  return { run, finish: () => resolve(name), fail: () => reject(new Error(name)) }
}

describe('createWorkLimit', () => {
  it('runs so much at once, the rest in the order of its coming', async () => {
    const limit = createWorkLimit({ maxRunning: 2, maxWaiting: 10 })
    const begun: string[] = []
    const works = ['a', 'b', 'c', 'd'].map(name => heldWork(name, begun))
    const results = works.map(({ run }) => limit(run))
    assert.deepEqual(begun, ['a', 'b'])
    works[1]?.finish()
    await results[1]
    assert.deepEqual(begun, ['a', 'b', 'c'])
    for (const { finish } of works) finish()
    assert.deepEqual(await Promise.all(results), ['a', 'b', 'c', 'd'])
  })

  it('refuses with 503 and Retry-After when too much is waiting', async () => {
    const limit = createWorkLimit({ maxRunning: 1, maxWaiting: 1 })
    const begun: string[] = []
    const works = ['a', 'b', 'c'].map(name => heldWork(name, begun))
    const [first, second, third] = works.map(({ run }) => limit(run))
    await assert.rejects(third as Promise<string>, (error: HttpProblem) => {
      assert.deepEqual([error.status, error.headers], [503, { 'Retry-After': '1' }])
      return true
    })
    for (const { finish } of works) finish()
    assert.deepEqual(await Promise.all([first, second]), ['a', 'b'])
    assert.deepEqual(begun, ['a', 'b'])
  })

  it('gives the place free when work fails', async () => {
    const limit = createWorkLimit({ maxRunning: 1, maxWaiting: 1 })
    const fails = () => Promise.reject(new Error('no'))
    const [first, second] = [limit(fails), limit(fails)]
    await assert.rejects(first)
    await assert.rejects(second)
    assert.equal(await limit(async () => 'yes'), 'yes')
  })
})

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
    const limit = createWorkLimit({ maxRunning: 2, maxWaiting: 10, maxWaitingOfOne: 10 })
    const begun: string[] = []
    const works = ['a', 'b', 'c', 'd'].map(name => heldWork(name, begun))
    const results = works.map(({ run }) => limit('one', run))
    assert.deepEqual(begun, ['a', 'b'])
    works[1]?.finish()
    await results[1]
    assert.deepEqual(begun, ['a', 'b', 'c'])
    for (const { finish } of works) finish()
    assert.deepEqual(await Promise.all(results), ['a', 'b', 'c', 'd'])
  })

  it('refuses with 503 and Retry-After when too much is waiting', async () => {
    const limit = createWorkLimit({ maxRunning: 1, maxWaiting: 1, maxWaitingOfOne: 1 })
    const begun: string[] = []
    const works = ['a', 'b', 'c'].map(name => heldWork(name, begun))
    const [first, second, third] = works.map(({ run }) => limit('one', run))
    await assert.rejects(third as Promise<string>, (error: HttpProblem) => {
      assert.deepEqual([error.status, error.headers], [503, { 'Retry-After': '1' }])
      return true
    })
    for (const { finish } of works) finish()
    assert.deepEqual(await Promise.all([first, second]), ['a', 'b'])
    assert.deepEqual(begun, ['a', 'b'])
  })

  it('lets the origins take turns', async () => {
    const limit = createWorkLimit({ maxRunning: 1, maxWaiting: 10, maxWaitingOfOne: 10 })
    const begun: string[] = []
    const results = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1'].map(name =>
      limit(name.slice(0, 1), async () => {
        begun.push(name)
      }),
    )
    await Promise.all(results)
    assert.deepEqual(begun, ['a1', 'a2', 'b1', 'c1', 'a3', 'b2'])
  })

  it('refuses an origin more than its share, and takes from the longest queue for a newcomer', async () => {
    const limit = createWorkLimit({ maxRunning: 1, maxWaiting: 4, maxWaitingOfOne: 3 })
    const begun: string[] = []
    const works = ['a0', 'a1', 'a2', 'a3', 'a4', 'b1', 'c1', 'd1'].map(name => heldWork(name, begun))
    const results = works.map(({ run }, index) => {
      const origin = ['a', 'a', 'a', 'a', 'a', 'b', 'c', 'd'][index] ?? ''
      return limit(origin, run).catch((error: HttpProblem) => error.status)
    })
    for (const { finish } of works) finish()
    // a4 is over its share; a3 gives way to c1, and a2 to d1.
    assert.deepEqual(await Promise.all(results), ['a0', 'a1', 503, 503, 503, 'b1', 'c1', 'd1'])
  })

  it('stays fair when the place is taken by origins with one task each', async () => {
    const limit = createWorkLimit({ maxRunning: 1, maxWaiting: 2, maxWaitingOfOne: 2 })
    const works = ['a', 'b', 'c', 'd'].map(name => heldWork(name, []))
    const names = ['a', 'b', 'c', 'd']
    const results = works.map(({ run }, index) =>
      limit(names[index] ?? '', run).catch((error: HttpProblem) => error.status),
    )
    for (const { finish } of works) finish()
    assert.deepEqual(await Promise.all(results), ['a', 'b', 'c', 503])
  })

  it('gives the place free when work fails', async () => {
    const limit = createWorkLimit({ maxRunning: 1, maxWaiting: 1, maxWaitingOfOne: 1 })
    const fails = () => Promise.reject(new Error('no'))
    const [first, second] = [limit('one', fails), limit('one', fails)]
    await assert.rejects(first)
    await assert.rejects(second)
    assert.equal(await limit('one', async () => 'yes'), 'yes')
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { convertVideo } from '@jackalope/contracts'
import { onEnd, until } from '@jackalope/local-servers/testing'
import { watchConverters } from '../../src/jobs/watch-converters.ts'

test('tells since when no converter takes jobs, and nothing while the broker does not answer', async t => {
  const end = new AbortController()
  onEnd(t, async () => end.abort())
  let consumers: number | undefined = 1
  let looks = 0
  const idleSince = watchConverters({
    signal: end.signal,
    everyMs: 5,
    queueStats: async () => {
      looks += 1
      if (consumers === undefined) throw new Error('no broker')
      return [{ queue: convertVideo.name, broker: { ready: 3, consumers, deadLetters: 0 } }]
    },
  })
  const looked = async () => {
    const wanted = looks + 3
    await until(async () => looks >= wanted)
  }
  await looked()
  assert.equal(idleSince(), undefined)
  const before = Date.now()
  consumers = 0
  await looked()
  const since = idleSince()
  assert.ok(since && since.getTime() >= before)
  consumers = undefined
  await looked()
  assert.equal(idleSince(), since)
  consumers = 1
  await looked()
  assert.equal(idleSince(), undefined)
})

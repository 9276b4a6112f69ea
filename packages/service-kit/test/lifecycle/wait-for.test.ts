import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { waitFor } from '../../src/index.ts'
import { captureLog } from '../captured-log.ts'

describe('waitFor', () => {
  it('tries again until it works, and logs that it waits', async () => {
    const { logger, lines } = captureLog()
    let attempts = 0
    const attempt = async () => {
      attempts += 1
      if (attempts < 3) throw new Error('refused')
      return 'connection'
    }
    assert.equal(await waitFor('the database', attempt, { logger, minDelayMs: 1 }), 'connection')
    assert.deepEqual(
      lines.map(({ level, msg }) => [level, msg]),
      [
        ['warn', 'waiting for the database'],
        ['warn', 'waiting for the database'],
        ['info', 'the database is there'],
      ],
    )
    assert.equal(lines[1]?.reason, 'refused')
  })

  it('waits longer after each failure, up to a limit', async t => {
    t.mock.method(Math, 'random', () => 1)
    const { logger } = captureLog()
    const times: number[] = []
    const attempt = async () => {
      times.push(performance.now())
      if (times.length < 5) throw new Error('refused')
    }
    await waitFor('it', attempt, { logger, minDelayMs: 20, maxDelayMs: 80 })
    const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0))
    // A timer may fire up to a millisecond early.
    for (const [index, leastMs] of [20, 40, 80, 80].entries())
      assert.ok((waits[index] ?? 0) >= leastMs - 1, `wait ${index} was ${waits[index]} ms`)
    assert.ok((waits[3] ?? 0) < 160)
  })

  it('ends with the reason of the signal while it waits', async () => {
    const { logger } = captureLog()
    const stopping = new AbortController()
    const attempt = async () => {
      setImmediate(() => stopping.abort(new Error('shutting down')))
      throw new Error('refused')
    }
    const waiting = waitFor('it', attempt, {
      logger,
      signal: stopping.signal,
      minDelayMs: 60_000,
      maxDelayMs: 60_000,
    })
    await assert.rejects(waiting, { message: 'shutting down' })
  })

  it('throws at once what waiting will not cure', async () => {
    const { logger } = captureLog()
    const attempt = () => Promise.reject(new RangeError('wrong topology'))
    const isPermanent = (error: unknown) => error instanceof RangeError
    await assert.rejects(waitFor('it', attempt, { logger, isPermanent }), RangeError)
  })
})

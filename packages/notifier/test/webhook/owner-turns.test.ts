import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PostponeError } from '@jackalope/worker-kit'
import { pino } from 'pino'
import { deliverWebhook } from '../../src/job/deliver-webhook.ts'
import { createOwnerTurns } from '../../src/webhook/owner-turns.ts'

/** Starts a delivery of an owner, whose endpoints never answer; gives how long it is put off. */
function setup() {
  const silent = () => new Promise<never>(() => {})
  const handle = deliverWebhook({
    directory: { tell: silent, find: silent, report: silent },
    turns: createOwnerTurns(4),
    allowed: undefined,
    logger: pino({ level: 'silent' }),
  })
  const start = async (ownerId: string) =>
    await handle({ data: { deliveryId: 'd1', round: 1, ownerId } } as Parameters<typeof handle>[0])
  return {
    start,
    putOff: (ownerId: string) =>
      start(ownerId).then(
        () => assert.fail('it was not put off'),
        (error: unknown) => {
          assert.ok(error instanceof PostponeError)
          return error.delayMs
        },
      ),
  }
}

test('of the deliveries that wait for their owner’s turn few come back in a second, however many there are', async () => {
  const { start, putOff } = setup()
  for (const _ of 'abcd') void start('u1')
  const waits = await Promise.all(Array.from({ length: 2_000 }, () => putOff('u1')))
  assert.ok(Math.min(...waits) >= 1_900, String(Math.min(...waits)))
  const perSecond = Map.groupBy(waits, waitMs => Math.floor(waitMs / 1_000))
  const most = Math.max(...[...perSecond.values()].map(({ length }) => length))
  assert.ok(most <= 50, `${most} in one second`)
  // Those of another owner do not queue behind them.
  for (const _ of 'abcd') void start('u2')
  assert.ok((await putOff('u2')) < 5_000)
})

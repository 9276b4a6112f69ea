import { test } from 'node:test'
import { Credit } from '../../src/backend/credit.ts'
import { Intake } from '../../src/backend/intake.ts'
import { delivery } from '../support/delivery.ts'

test('a worker that was stopped while a look at what waits was due looks again, and gives back what it cannot start', {
  timeout: 10_000,
}, async () => {
  const intake = new Intake()
  const returned = Promise.withResolvers<void>()
  const credit = new Credit({
    intake,
    consumer: {
      setSlots: async () => undefined,
      holdSpares: async () => undefined,
      dropSpares: async () => undefined,
    },
    concurrency: () => 1,
    giveBackUnstarted: () => returned.resolve(),
  })
  credit.noteDelivery()
  credit.stop()
  intake.receive(delivery('waits'))
  credit.noteDelivery()
  await returned.promise
})

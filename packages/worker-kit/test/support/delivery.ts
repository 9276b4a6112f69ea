import assert from 'node:assert/strict'
import type { Delivery } from '../../src/amqp/delivery.ts'

/** A delivery without a broker: to settle it has no effect, unless the test gives it one. */
export function delivery(id: string, overrides: Partial<Delivery> = {}): Delivery {
  return {
    id,
    stamp: '1',
    redelivered: false,
    receivedAt: 0,
    content: Buffer.alloc(0),
    properties: {} as Delivery['properties'],
    ack() {},
    requeue() {},
    deadLetter: () => assert.fail('nothing is dead-lettered here'),
    ...overrides,
  }
}

import type { TestContext } from 'node:test'
import { amqpUrl, onEnd } from '@jackalope/local-servers/testing'
import { type Channel, connect } from 'amqplib'
import { closeConnection } from '../../src/amqp/close.ts'
import { declareTopology, parkingTopology, queueTopology } from '../../src/amqp/topology.ts'

/** Looks at and meddles with the broker from outside, as an operator would. */
export async function brokerAdmin(t: TestContext, url = amqpUrl()): Promise<Channel> {
  const connection = await connect(url)
  // A test may have taken its broker away.
  connection.on('error', () => undefined)
  onEnd(t, () => closeConnection(connection))
  return connection.createChannel()
}

/** Messages ready in a queue once it has no more in flight to confirm. */
export async function readyCount(admin: Channel, queue: string): Promise<number> {
  return (await admin.checkQueue(queue)).messageCount
}

/** Name of the parking queue of a queue. Declared before it is needed, so that it can be looked at. */
export async function parkingQueue(admin: Channel, amqpQueue: string): Promise<string> {
  const parking = parkingTopology(queueTopology(amqpQueue, { type: 'quorum', consumerTimeoutMs: 1 }))
  await declareTopology(admin, parking)
  return parking.queue
}

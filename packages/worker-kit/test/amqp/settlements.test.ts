import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Channel } from 'amqplib'
import { Settlements } from '../../src/amqp/settlements.ts'

type Sent = ['ack' | 'nack', tag: number, multiple: boolean]

/** Records the frames that a channel would send. */
function setup(tags: number[], longestWaitMs?: number, isStarving?: () => boolean) {
  const sent: Sent[] = []
  const channel = {
    ack: ({ fields }, multiple = false) => sent.push(['ack', fields.deliveryTag, multiple]),
    nack: ({ fields }, multiple = false) => sent.push(['nack', fields.deliveryTag, multiple]),
  } as Pick<Channel, 'ack' | 'nack'> as Channel
  const settlements = new Settlements(channel, isStarving, longestWaitMs)
  for (const tag of tags) settlements.received(tag)
  const turn = async () => {
    await new Promise(resolve => setImmediate(resolve))
    return sent.splice(0)
  }
  return { settlements, turn }
}

test('acknowledges all that ended in one turn with one frame, when nothing before it still runs', async () => {
  const { settlements, turn } = setup([1, 2, 3, 4])
  for (const tag of [3, 1, 2]) settlements.ack(tag)
  assert.deepEqual(await turn(), [['ack', 3, true]])
})

test('acknowledges one by one what ended behind a job that still runs', async () => {
  const { settlements, turn } = setup([1, 2, 3, 4])
  for (const tag of [1, 3, 4]) settlements.ack(tag)
  assert.deepEqual(await turn(), [
    ['ack', 1, true],
    ['ack', 3, false],
    ['ack', 4, false],
  ])
})

test('never acknowledges a tag twice: the broker would close the channel', async () => {
  const { settlements, turn } = setup([1, 2, 3])
  settlements.ack(2)
  settlements.ack(3)
  await turn()
  settlements.ack(1)
  assert.deepEqual(await turn(), [['ack', 1, true]])
})

test('requeues at once, and passes over what was requeued', async () => {
  const { settlements, turn } = setup([1, 2, 3])
  settlements.reject(1, true)
  settlements.ack(2)
  settlements.reject(3, true)
  assert.deepEqual(await turn(), [
    ['nack', 1, false],
    ['nack', 3, false],
    ['ack', 2, true],
  ])
})

test('lets acknowledgements wait for more, as many as may wait', async () => {
  const { settlements, turn } = setup([1, 2, 3, 4], 60_000)
  settlements.mayWait = 2
  settlements.ack(1)
  settlements.ack(2)
  assert.deepEqual(await turn(), [])
  settlements.ack(3)
  assert.deepEqual(await turn(), [['ack', 3, true]])
  settlements.ack(4)
  settlements.flush()
  assert.deepEqual(await turn(), [['ack', 4, true]])
})

test('lets none wait for long', async () => {
  const { settlements, turn } = setup([1], 1)
  settlements.mayWait = 2
  settlements.ack(1)
  let sent: Sent[] = []
  while (sent.length === 0) sent = await turn()
  assert.deepEqual(sent, [['ack', 1, true]])
})

test('no acknowledgement waits for others while somebody starves for a delivery', async () => {
  let isStarving = false
  const { settlements, turn } = setup([1, 2, 3], 60_000, () => isStarving)
  settlements.mayWait = 10
  settlements.ack(1)
  assert.deepEqual(await turn(), [])
  isStarving = true
  settlements.ack(2)
  assert.deepEqual(await turn(), [['ack', 2, true]])
  assert.equal(settlements.waiting, 0)
})

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { EventStream } from '../../src/events/event-stream.ts'

const event = { id: '1-0', type: 'state', data: { text: 'a\nb' } }

test('writes events as browsers read them', async () => {
  const stream = new EventStream()
  stream.send(event)
  stream.finish()
  stream.send(event)
  assert.equal(await text(stream), 'retry: 2000\n\nid: 1-0\nevent: state\ndata: {"text":"a\\nb"}\n\n')
})

test('cuts a client off that does not read, and keeps nothing for it', async () => {
  const stream = new EventStream()
  const closed = once(stream, 'close')
  for (let sent = 0; sent < 2_000; sent++) stream.send(event)
  await closed
  assert.ok(stream.isCutOff)
  assert.ok(stream.readableLength < 70_000)
})

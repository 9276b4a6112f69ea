import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { collectMessages, textOf } from '../../src/tools/message-log.ts'

test('counts messages that differ in their numbers, and keeps the rare ones between them', () => {
  const stderr = new PassThrough()
  const { messages } = collectMessages(stderr)
  for (let i = 0; i < 1_000; i++) stderr.emit('data', `[aac @ 0x${i}] Error while decoding stream #0:${i}\n`)
  stderr.emit('data', '    Last message repeated 9 times\nNew audio str')
  stderr.emit('data', 'eam 0:2 at pos:7\nthe end')
  const [damage, ...others] = messages()
  assert.deepEqual(damage, { text: '[aac @ 0x0] Error while decoding stream #0:0', count: 1_009 })
  assert.equal(textOf(others), 'New audio stream 0:2 at pos:7\nthe end')
})

test('keeps little of an endless output, and its last lines', () => {
  const stderr = new PassThrough()
  const { messages } = collectMessages(stderr)
  const word = (i: number) => [...String(i)].map(digit => 'abcdefghij'[Number(digit)]).join('')
  for (let i = 0; i < 10_000; i++) stderr.emit('data', `${word(i)} ${'x'.repeat(2_000)}\n`)
  const said = messages()
  assert.equal(said.length, 220)
  assert.ok(said.every(({ text }) => text.length <= 1_000))
  assert.ok(said.at(-1)?.text.startsWith(word(9_999)))
})

test('tells once of more lines than any recording causes, and looks at no more of them', () => {
  const stderr = new PassThrough()
  let floods = 0
  const log = collectMessages(stderr, () => floods++, 100)
  stderr.emit('data', 'Corrupt bitstream\n'.repeat(100))
  assert.deepEqual([log.isFlooded(), floods], [false, 0])
  for (let i = 0; i < 3; i++) stderr.emit('data', 'Corrupt bitstream\n'.repeat(100))
  assert.deepEqual([log.isFlooded(), floods], [true, 1])
  assert.equal(log.messages()[0]?.count, 200)
})

import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import { bytesOfDownload, createDownloadLimits } from '../../src/files/download-limits.ts'

class Answer extends EventEmitter {
  destroyed = false
  close(): void {
    this.destroyed = true
    this.emit('close')
  }
}

test('a reader has 16 downloads at a time, and a place again when one has ended', () => {
  const limits = createDownloadLimits()
  const answers = Array.from({ length: 16 }, () => new Answer())
  for (const answer of answers) limits.enter(answer, 'ada', 1)
  assert.throws(() => limits.enter(new Answer(), 'ada', 1), { status: 429 })
  limits.enter(new Answer(), 'bob', 1)
  answers[0]?.close()
  limits.enter(new Answer(), 'ada', 1)
  assert.throws(() => limits.enter(new Answer(), 'ada', 1), { status: 429 })
})

test('all readers together hold 128 MiB', () => {
  const limits = createDownloadLimits()
  const answers = Array.from({ length: 64 }, () => new Answer())
  for (const [number, answer] of answers.entries())
    limits.enter(answer, `user ${number}`, 2 * bytesOfDownload)
  assert.throws(() => limits.enter(new Answer(), 'ada', 1), { status: 503 })
  answers[0]?.close()
  limits.enter(new Answer(), 'ada', 1)
})

test('a client that has left takes no place', () => {
  const limits = createDownloadLimits()
  for (let number = 0; number < 20; number++) {
    const answer = new Answer()
    answer.close()
    limits.enter(answer, 'ada', 1)
  }
  limits.enter(new Answer(), 'ada', 1)
})

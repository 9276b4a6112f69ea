import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { displayFileName, formatDuration, formatSize } from '../../src/message/display-values.ts'

describe('formatSize', () => {
  const sizes: Array<[number, string]> = [
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_000, '1.0 kB'],
    [9_949, '9.9 kB'],
    [9_960, '10 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [8_412_345, '8.4 MB'],
    [2_147_483_648, '2.1 GB'],
    [3e15, '3000 TB'],
  ]
  for (const [sizeBytes, text] of sizes)
    it(`shows ${sizeBytes} as ${text}`, () => assert.equal(formatSize(sizeBytes), text))
})

describe('formatDuration', () => {
  const durations: Array<[number, string]> = [
    [0, 'less than 1 s'],
    [0.4, 'less than 1 s'],
    [0.6, '1 s'],
    [59.4, '59 s'],
    [59.6, '1 min'],
    [200.2, '3 min 20 s'],
    [3_599.7, '1 h'],
    [3_725, '1 h 2 min'],
    [7_199, '2 h'],
    [90_000, '25 h'],
  ]
  for (const [durationSeconds, text] of durations)
    it(`shows ${durationSeconds} s as ${text}`, () => assert.equal(formatDuration(durationSeconds), text))
})

describe('displayFileName', () => {
  it('leaves an ordinary name as it is', () => {
    for (const name of ['holiday.mp3', 'Grüße aus Köln – 2026.mp3', '日本語.mp3', '👨‍👩‍👧 & "friends".mp3'])
      assert.equal(displayFileName(name), name)
  })

  it('makes one line of a name with line breaks and other control characters', () => {
    assert.equal(
      displayFileName('a\r\nBcc: eve@example.com\r\n\r\nHi\u2028there\0.mp3'),
      'a Bcc: eve@example.com Hi there .mp3',
    )
  })

  it('takes out marks that turn the direction of reading, and halves of characters', () => {
    assert.equal(displayFileName('song\u202egpj.exe'), 'song gpj.exe')
    assert.equal(displayFileName('half\ud800.mp3'), 'half .mp3')
  })

  it('shortens a long name in the middle, between characters', () => {
    const shown = displayFileName(`${'👨‍👩‍👧'.repeat(300)} and the end.mp3`)
    const characters = [...new Intl.Segmenter('en').segment(shown)].map(({ segment }) => segment)
    assert.equal(characters.length, 100)
    assert.equal(characters[0], '👨‍👩‍👧')
    assert.match(shown, /…👨‍👩‍👧.* and the end\.mp3$/)
  })

  it('has a word for a name of which nothing can be shown', () => {
    assert.equal(displayFileName('\r\n \u202e'), 'audio')
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { displayName } from '../../src/upload/display-name.ts'

const cases: Array<[sent: string, shown: string]> = [
  ['song.mp4', 'song.mp4'],
  ['/etc/passwd', 'passwd'],
  ['..\\..\\boot.ini', 'boot.ini'],
  ['C:fakepath\\holiday.mov', 'holiday.mov'],
  ['a\r\nSet-Cookie: b\0.mp4', 'aSet-Cookie: b.mp4'],
  ['photo\u202Egpj.exe', 'photogpj.exe'],
  ['  song.mp4  ', 'song.mp4'],
  ['u\u0308ber.mp4', 'über.mp4'],
  ['\u{1f468}\u200D\u{1f469}.mp4', '\u{1f468}\u200D\u{1f469}.mp4'],
  ['half \ud83d.mp4', 'half .mp4'],
  ['', 'video'],
  ['.', 'video'],
  ['..', 'video'],
  ['folder/', 'video'],
  ['\n', 'video'],
  [`${'\u{1f407}'.repeat(500)}.mp4`, `${'\u{1f407}'.repeat(116)}.mp4`],
  ['x'.repeat(500), 'x'.repeat(120)],
]

for (const [sent, shown] of cases)
  test(`shows ${JSON.stringify(sent.slice(0, 30))} as ${JSON.stringify(shown.slice(0, 30))}`, () =>
    assert.equal(displayName(sent), shown))

test('takes as long for a megabyte of combining marks as for any other name', () => {
  const startedAt = performance.now()
  assert.ok(displayName(`a${'\u0316\u0301'.repeat(500_000)}.mp4`).length <= 240)
  assert.ok(performance.now() - startedAt < 500)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { archiveNames } from '../../../src/files/archive/archive-names.ts'

test('names are safe everywhere, and no two are the same in upper and lower case', () => {
  const cases: [given: string, name: string][] = [
    ['song.mp3', 'song.mp3'],
    ['Song.MP3', 'Song (2).MP3'],
    ['song.mp3', 'song (3).mp3'],
    ['song (2).mp3', 'song (2) (2).mp3'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\evil.mp3', 'evil.mp3'],
    ['a:b*c?"<d>|.mp3', 'a_b_c___d__.mp3'],
    ['con.mp3', '_con.mp3'],
    ['LPT¹.tar.mp3', '_LPT¹.tar.mp3'],
    ['concert.mp3', 'concert.mp3'],
    ['talk. . ', 'talk'],
    ['...', 'video'],
    ['fre\u0301re.mp3', 'fr\u00e9re.mp3'],
    ['fr\u00e9re.mp3', 'fr\u00e9re (2).mp3'],
    ['мёд.mp3', 'мёд.mp3'],
    ['\u202e3pm.exe\u0000', '3pm.exe'],
  ]
  assert.deepEqual(
    archiveNames(cases.map(([given]) => given)),
    cases.map(([, name]) => name),
  )
})

test('a long name is cut to what file systems take, at a whole character, and keeps its ending', () => {
  const [first = '', second = ''] = archiveNames(
    ['🎵'.repeat(110), '🎵'.repeat(110)].map(stem => `${stem}.opus`),
  )
  assert.ok(Buffer.byteLength(first) <= 200 && first.isWellFormed(), first)
  assert.match(first, /🎵\.opus$/u)
  assert.match(second, /🎵 \(2\)\.opus$/u)
})

test('a thousand names that are the same take no longer than others', () => {
  const names = archiveNames(Array.from({ length: 20_000 }, () => 'a.mp3'))
  assert.equal(new Set(names).size, 20_000)
})

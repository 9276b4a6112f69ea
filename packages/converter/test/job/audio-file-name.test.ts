import assert from 'node:assert/strict'
import { test } from 'node:test'
import { audioFileName } from '../../src/job/audio-file-name.ts'

test('names the audio after the video', () => {
  const names = {
    'holiday.mov': 'holiday.mp3',
    'Holiday 2026.MP4': 'Holiday 2026.mp3',
    'talk.v1.2 final.webm': 'talk.v1.2 final.mp3',
    'talk v1.2 final': 'talk v1.2 final.mp3',
    'song.mp3': 'song.mp3',
    'архив.tar.mkv': 'архив.tar.mp3',
    '日本 🎬.mp4': '日本 🎬.mp3',
    'no extension': 'no extension.mp3',
    '  blanks  .avi': 'blanks.mp3',
  }
  for (const [video, audio] of Object.entries(names)) assert.equal(audioFileName(video, 'mp3'), audio)
})

test('makes a harmless name of any other', () => {
  const names = {
    '': 'audio.mp3',
    '...': 'audio.mp3',
    '.mp4': 'mp4.mp3',
    '../../etc/passwd': 'passwd.mp3',
    'C:\\Users\\me\\clip.wmv': 'clip.mp3',
    'a\r\nSet-Cookie: x.mp4': 'aSet-Cookie: x.mp3',
    '\u202egpj.mp4': 'gpj.mp3',
    '/': 'audio.mp3',
  }
  for (const [video, audio] of Object.entries(names)) assert.equal(audioFileName(video, 'mp3'), audio)
  assert.equal(audioFileName(`${'ä'.repeat(500)}.mp4`, 'mp3'), `${'ä'.repeat(120)}.mp3`)
  assert.equal(audioFileName('🎬'.repeat(121), 'mp3'), `${'🎬'.repeat(120)}.mp3`)
})

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { ffmpeg, wholeFile } from '@jackalope/local-servers/testing'
import { inspectStructure } from '../../../src/audio/structure/inspect-structure.ts'
import { openMediaFolder, truncate } from '../../support/media-folder.ts'
import type { MediaName } from '../../support/media-recipes.ts'

const media = await openMediaFolder(wholeFile)

const containers = {
  'faststart.mp4': 'mov,mp4,m4a,3gp,3g2,mj2',
  'fragmented.mp4': 'mov,mp4,m4a,3gp,3g2,mj2',
  'good.mkv': 'matroska,webm',
  'recorded.webm': 'matroska,webm',
  'good.flv': 'flv',
  'good.wmv': 'asf',
  'good.ts': 'mpegts',
  'good.mpg': 'mpeg',
  'good.ogg': 'ogg',
  'good.wav': 'wav',
  'good.flac': 'flac',
  'good.mp3': 'mp3',
} satisfies Partial<Record<MediaName, string>>
const names = Object.keys(containers) as (keyof typeof containers)[]

// ffmpeg's ids of the first audio and video track of a transport stream.
const pids = [0x101, 0x100]

async function inspect(name: keyof typeof containers, content: Uint8Array) {
  return inspectStructure(await media.write('file', content), containers[name], pids)
}

test('finds nothing wrong with good files', async () => {
  for (const name of names) {
    const bytes = await readFile(await media.get(name))
    const { parts, isCut, isBroken } = await inspect(name, bytes)
    assert.deepEqual(
      { parts, isCut, isBroken },
      { parts: [{ start: 0, end: bytes.length }], isCut: false, isBroken: false },
      name,
    )
  }
})

test('finds where the recordings of a joined file begin', async () => {
  for (const name of names) {
    // ffmpeg reads these through; tracks that do not change are no reason to part a transport stream.
    if (/\.(mpg|mp3|ts)$/.test(name)) continue
    const bytes = await readFile(await media.get(name))
    const { parts } = await inspect(name, Buffer.concat([bytes, bytes, bytes]))
    assert.deepEqual(
      parts.map(({ start }) => start),
      [0, bytes.length, 2 * bytes.length],
      name,
    )
  }
})

test('finds that a file was cut off where ffmpeg says nothing', async () => {
  for (const name of [
    'fragmented.mp4',
    'good.flv',
    'good.wmv',
    'good.ts',
    'good.ogg',
    'good.wav',
    'good.mp3',
  ] as const)
    assert.ok((await inspect(name, await truncate(await media.get(name), 0.599))).isCut, name)
  const wav = await inspect('good.wav', await truncate(await media.get('good.wav'), 0.5))
  assert.ok(Math.abs((wav.statedSeconds ?? 0) - 10) < 0.1)
})

test('takes the length of a WAV from a pipe for unknown', async () => {
  const bytes = await readFile(await media.get('good.wav'))
  const at = bytes.indexOf('data') + 4
  // As SoX, mpv and espeak write it, and arecord.
  for (const size of [0, 0xffff_ffff, 0x7fff_f000, 0x7fff_effc, 0x7fff_ff00, 0x8000_0000]) {
    bytes.writeUInt32LE(size, at)
    assert.equal((await inspect('good.wav', bytes)).isCut, false)
  }
})

test('takes a program stream that ends with its mark for whole', async () => {
  const bytes = await readFile(await media.get('good.mpg'))
  const { isCut } = await inspect('good.mpg', Buffer.concat([bytes, Buffer.from('000001b9', 'hex')]))
  assert.equal(isCut, false)
})

test('finds that a recording of very many fragments was cut off', async () => {
  const bytes = await readFile(await media.get('fragmented.mp4'))
  const fragments = Buffer.alloc(8 * 250_000, Buffer.from('000000086d646174', 'hex'))
  const cut = Buffer.from('000001006d646174', 'hex')
  assert.equal((await inspect('fragmented.mp4', Buffer.concat([bytes, fragments]))).isCut, false)
  assert.ok((await inspect('fragmented.mp4', Buffer.concat([bytes, fragments, cut]))).isCut)
})

test('does not remember as many tracks as a hostile Ogg may have', async () => {
  const pages = Array.from({ length: 2_000 }, (_, serial) => {
    const page = Buffer.alloc(27)
    page.write('OggS')
    page.writeUInt32LE(serial, 14)
    return page
  })
  const bytes = await readFile(await media.get('good.ogg'))
  assert.ok((await inspect('good.ogg', Buffer.concat([bytes, ...pages]))).isBroken)
})

test('finds lost packets of a transport stream, a beginning in the middle, and takes other bytes at the end for junk', async () => {
  const bytes = await readFile(await media.get('good.ts'))
  const packets = Array.from({ length: bytes.length / 188 }, (_, i) => bytes.subarray(i * 188, (i + 1) * 188))
  const isAudio = (packet: Buffer) => (packet.readUInt16BE(1) & 0x1fff) === 0x101
  const lost = packets.findLastIndex((packet, i) => i < packets.length * 0.6 && isAudio(packet))
  assert.ok((await inspect('good.ts', Buffer.concat(packets.toSpliced(lost, 1)))).isBroken)
  const inside = packets.findIndex(packet => isAudio(packet) && ((packet[1] ?? 0) & 0x40) === 0)
  assert.ok((await inspect('good.ts', Buffer.concat(packets.slice(inside)))).isCut)
  const junk = await inspect('good.ts', Buffer.concat([bytes, Buffer.alloc(100, 7)]))
  assert.deepEqual([junk.isCut, junk.isBroken], [false, false])
})

test('tells tags and zeros of an MP3 from damage', async () => {
  const bytes = await readFile(await media.get('good.mp3'))
  const lyrics = Buffer.from('LYRICSBEGININD0000200000049LYRICS200')
  for (const tail of [
    Buffer.alloc(5_000),
    lyrics,
    Buffer.from('TAG'.padEnd(128, '\0')),
    Buffer.alloc(9_000, 0xff),
  ]) {
    const {
      isBroken,
      isCut,
      excusedErrors = 0,
      excusedFrames = 0,
    } = await inspect('good.mp3', Buffer.concat([bytes, tail]))
    assert.deepEqual([isBroken, isCut], [false, false])
    assert.ok(excusedErrors > 0 && excusedFrames < 3)
  }
  assert.equal((await inspect('good.mp3', bytes)).excusedFrames, 0)
  const holed = Buffer.from(bytes).fill(1, 20_000, 24_000)
  assert.ok((await inspect('good.mp3', holed)).isBroken)
})

test('finds that bare Dolby, DTS or DV was cut in a frame, and a NUT anywhere', async () => {
  const make = async (codec: string, format: string) => {
    const path = media.newPath()
    await ffmpeg(
      '-f',
      'lavfi',
      '-i',
      'sine=440:d=2',
      '-c:a',
      codec,
      '-strict',
      '-2',
      '-f',
      format,
      `file:${path}`,
    )
    return readFile(path)
  }
  const makeDv = async (rate: string, pixels: string, size: string) => {
    const path = media.newPath()
    const inputs = [
      '-f',
      'lavfi',
      '-i',
      `color=s=${size}:r=${rate}:d=1`,
      '-f',
      'lavfi',
      '-i',
      'sine=440:r=48000:d=1',
    ]
    await ffmpeg(...inputs, '-pix_fmt', pixels, '-c:a', 'pcm_s16le', '-ac', '2', '-f', 'dv', `file:${path}`)
    return readFile(path)
  }
  const kinds = [
    ['ac3', await make('ac3', 'ac3')],
    ['eac3', await make('eac3', 'eac3')],
    ['truehd', await make('truehd', 'truehd')],
    ['mlp', await make('mlp', 'mlp')],
    ['dts', await make('dca', 'dts')],
    ['nut', await make('libvorbis', 'nut')],
    ['dv', await makeDv('25', 'yuv420p', '720x576')],
    ['dv', await makeDv('30000/1001', 'yuv411p', '720x480')],
  ] as const
  for (const [kind, bytes] of kinds) {
    const look = async (content: Buffer) => inspectStructure(await media.write('x', content), kind, [])
    assert.equal((await look(bytes)).isCut, false, kind)
    assert.ok((await look(bytes.subarray(0, bytes.length * 0.6 - 11))).isCut, kind)
  }
})

test('ends when its signal says so', async () => {
  const abort = new AbortController()
  const path = await media.get('good.ts')
  abort.abort(new Error('enough'))
  await assert.rejects(inspectStructure(path, 'mpegts', pids, abort.signal), /enough/)
})

test('takes no more than linear time on hostile bytes', { timeout: 20_000 }, async () => {
  const mp3 = await readFile(await media.get('good.mp3'))
  const header = Buffer.from('fffb9000', 'hex')
  const hostile: [keyof typeof containers, Buffer][] = [
    ['good.mp3', Buffer.concat([mp3, Buffer.alloc(3e6, 0xff)])],
    ['good.mp3', Buffer.concat([mp3, Buffer.alloc(3e6, header)])],
    ['faststart.mp4', Buffer.alloc(3e6, Buffer.from('0000000866726565', 'hex'))],
    ['good.ts', Buffer.alloc(3e6, 0x47)],
    ['good.ogg', Buffer.alloc(3e6, Buffer.from('OggS\0\x02'.padEnd(28, '\0')))],
    ['recorded.webm', Buffer.alloc(3e6, Buffer.from('1a45dfa38077656264', 'hex'))],
    ['good.flac', Buffer.alloc(3e6, Buffer.from('664c614300000022', 'hex'))],
    ['good.wav', Buffer.alloc(3e6, Buffer.from('52494646040000005741564564617461'.padEnd(40, '0'), 'hex'))],
  ]
  for (const [name, bytes] of hostile) await inspect(name, bytes)
  const frames = await media.write('x', Buffer.alloc(2e8, Buffer.from('0b770001', 'hex')))
  await inspectStructure(frames, 'ac3', [])
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ffmpeg, wholeFile } from '@jackalope/local-servers/testing'
import { downmixFilters } from '../../src/audio/downmix.ts'
import { extract } from '../support/extract.ts'
import { hear } from '../support/hear.ts'
import { openMediaFolder } from '../support/media-folder.ts'

const media = await openMediaFolder(wholeFile)

const codecs: Record<string, string[]> = {
  PCM: ['-c:a', 'pcm_s16le', '-f', 'mov'],
  FLAC: ['-c:a', 'flac', '-f', 'matroska'],
  AAC: ['-c:a', 'aac', '-b:a', '400k', '-f', 'mp4'],
  'AC-3': ['-c:a', 'ac3', '-f', 'matroska'],
  'E-AC-3': ['-c:a', 'eac3', '-f', 'mpegts'],
}

/** A tone in some channels of 5.1.
 *  @param gains - of the six channels */
async function surround(gains: number[], options: string[]): Promise<string> {
  const path = media.newPath()
  const channels = gains.map((gain, i) => `c${i}=${gain}*c0`).join('|')
  const tone = ['-f', 'lavfi', '-i', 'sine=f=440:r=48000:d=2']
  await ffmpeg(...tone, '-af', `pan=5.1|${channels}`, ...options, `file:${path}`)
  return path
}

// Two at once: a test spends most of its time waiting for other processes.
describe('extractAudio, of many channels', { concurrency: 2 }, () => {
  test('gives the center of 5.1 the same level whatever the codec: -3 dB', async () => {
    for (const [name, options] of Object.entries(codecs)) {
      const { path } = await extract(media, await surround([0, 0, 1, 0, 0, 0], options))
      const { level } = await hear(path)
      // The tone has -21.1 dB.
      assert.ok(Math.abs(level - -24.1) < 1, `${name}: ${level} dB`)
    }
  })

  test('overloads nothing when all channels are loud, as stereo and as mono', async () => {
    for (const channels of [1, 2] as const)
      for (const name of ['PCM', 'AAC']) {
        const input = await surround([8, 8, 8, 8, 8, 8], codecs[name] ?? [])
        const { path } = await extract(media, input, { conversion: { channels } })
        const { peak, level } = await hear(path)
        assert.ok(peak < -0.5, `${name}: peak ${peak} dB`)
        assert.ok(level > -8, `${name}: level ${level} dB`)
      }
  })

  test('makes stereo of loudspeakers that ffmpeg would not mix', async () => {
    for (const layout of ['BL+BR', 'FL+FC', 'TFL+TFR+TBL+TBR']) {
      const input = media.newPath()
      const channels = layout.split('+').map((_, i) => (i === 0 ? '0.1*sin(2765*t)' : '0'))
      const source = `aevalsrc=exprs=${channels.join('|')}:c=${layout}:s=48000:d=1`
      await ffmpeg('-f', 'lavfi', '-i', source, '-c:a', 'pcm_s16le', '-f', 'wav', `file:${input}`)
      const { path } = await extract(media, input, { conversion: { format: 'wav', normalize: false } })
      const { level } = await hear(path)
      const expected = channels.length === 2 ? -23 : -26
      assert.ok(Math.abs(level - expected) < 0.5, `${layout}: ${level} dB`)
    }
  })

  test('makes stereo of a field of sound: what is on the left is louder there', async () => {
    const levels = []
    for (const side of [1, -1]) {
      const path = media.newPath()
      const [all, left] = ['0.1*sin(2765*t)', `${side}*0.1*sin(2765*t)`]
      const source = `aevalsrc=exprs=${all}|${left}|0|0:c=ambisonic 1:s=48000:d=1`
      const filters = downmixFilters({ channels: 4, layout: 'ambisonic 1' }, 2).join(',')
      await ffmpeg('-f', 'lavfi', '-i', source, '-af', filters, '-f', 'wav', `file:${path}`)
      levels.push((await hear(path)).level)
    }
    const [near = 0, far = 0] = levels
    assert.ok(near > -23 && near < -21 && far < near - 12, `${near}, ${far} dB`)
  })

  test('makes stereo of 9 to 32 channels of no known layout', async () => {
    for (const count of [9, 11, 12, 16, 24, 32]) {
      const input = media.newPath()
      const silent = '|0'.repeat(count - 1)
      const source = `aevalsrc=exprs=0.1*sin(2765*t)${silent}:s=48000:d=1.5`
      await ffmpeg('-f', 'lavfi', '-i', source, '-c:a', 'pcm_s24le', '-f', 'mov', `file:${input}`)
      const { path } = await extract(media, input)
      const { seconds, level } = await hear(path)
      assert.ok(Math.abs(seconds - 1.5) < 0.1)
      assert.ok(Math.abs(level - -26) < 1, `${count} channels: ${level} dB`)
    }
  })
})

import assert from 'node:assert/strict'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { wholeFile } from '@jackalope/local-servers/testing'
import { measureLoudness } from '../../src/audio/encode-loudness.ts'
import { extractAudio } from '../../src/audio/extract-audio.ts'
import { inspectSource } from '../../src/audio/inspect-source.ts'
import type { ConverterErrorCode } from '../../src/converter-error.ts'
import { defaults, extract, tools } from '../support/extract.ts'
import { openMediaFolder } from '../support/media-folder.ts'

const media = await openMediaFolder(wholeFile)

const transient = (code: ConverterErrorCode) => ({ code, isPermanent: false })
const permanent = (code: ConverterErrorCode, message: RegExp) => ({ code, isPermanent: true, message })

test('refuses audio that is longer than allowed before converting it', async () => {
  const startedAt = performance.now()
  await assert.rejects(
    extract(media, await media.get('six-hours.m4a'), { maxAudioSeconds: 5 * 3_600 }),
    permanent('ERR_AUDIO_TOO_LONG', /up to 5 h 0 min are converted, and it is 6 h 0 min/),
  )
  assert.ok(performance.now() - startedAt < 20_000)
})

test('stops at the limit when the file does not state its length', async () => {
  await assert.rejects(
    extract(media, await media.get('endless.mkv'), { maxAudioSeconds: 20 }),
    permanent('ERR_AUDIO_TOO_LONG', /up to 20\.0 s are converted, and it is longer/),
  )
})

test('converts audio that is just within the limit', async () => {
  await extract(media, await media.get('recorded.webm'), { maxAudioSeconds: 10 })
})

test('refuses audio that outgrows what ffmpeg may write', {
  skip: process.platform !== 'linux',
}, async () => {
  const ffmpegPath = await media.write(
    'ffmpeg',
    '#!/bin/sh\ncase "$*" in *-progress*) kill -XFSZ $$ ;; esac\nexec ffmpeg "$@"\n',
  )
  await chmod(ffmpegPath, 0o755)
  await assert.rejects(
    extract(media, await media.get('faststart.mp4'), { ffmpegPath }),
    permanent('ERR_AUDIO_TOO_LARGE', /too large/),
  )
})

test('measures the loudness of no more than may be converted', async () => {
  const input = await media.get('good.wav')
  const conversion = { ...defaults, normalize: true }
  const options = { ...tools, maxAudioSeconds: 2, conversion }
  const [source] = await inspectSource(input, { ...options, scratchPath: media.newPath() })
  let measured = 0
  await measureLoudness(input, source, {
    ...options,
    onProgress: endSeconds => {
      measured = endSeconds
    },
  })
  assert.ok(measured > 1 && measured < 5, `${measured} s`)
})

test('takes an output that cannot be written for our fault, and believes a full disk the disk alone', {
  skip: process.platform !== 'linux',
}, async () => {
  await assert.rejects(
    extractAudio(await media.get('faststart.mp4'), '/dev/full', { ...tools, conversion: defaults }),
    transient('ERR_TOOL_FAILED'),
  )
})

test('takes a missing copy and a missing output folder for our fault', async () => {
  await assert.rejects(extract(media, media.newPath()), transient('ERR_COPY_INCOMPLETE'))
  const output = join(media.newPath(), 'missing', 'audio.mp3')
  await assert.rejects(
    extractAudio(await media.get('faststart.mp4'), output, { ...tools, conversion: defaults }),
  )
})

test('takes missing programs for our fault, and lives', async () => {
  const input = await media.get('faststart.mp4')
  await assert.rejects(
    extract(media, input, { ffmpegPath: '/no/such/ffmpeg' }),
    transient('ERR_TOOL_UNUSABLE'),
  )
  await assert.rejects(
    extract(media, input, { ffprobePath: '/no/such/ffprobe' }),
    transient('ERR_TOOL_UNUSABLE'),
  )
})

test('ends with the reason of its signal, and blames nobody', async () => {
  const abort = new AbortController()
  const reason = new Error('enough')
  await assert.rejects(
    extract(media, await media.get('six-hours.m4a'), {
      maxAudioSeconds: 7 * 3_600,
      signal: abort.signal,
      onProgress: () => abort.abort(reason),
    }),
    error => error === reason,
  )
})

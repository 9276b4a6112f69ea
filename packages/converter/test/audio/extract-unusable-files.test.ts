import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { ffmpeg, wholeFile } from '@jackalope/local-servers/testing'
import { ConverterError, type ConverterErrorCode } from '../../src/converter-error.ts'
import { extract } from '../support/extract.ts'
import { openMediaFolder, truncate } from '../support/media-folder.ts'

const media = await openMediaFolder(wholeFile)

/** Files whose conversion must fail for good, although ffmpeg ends some of them with exit code 0. */
async function assertRefused(input: string, code: ConverterErrorCode, message: RegExp): Promise<void> {
  const error = await extract(media, input).then(
    ({ durationSeconds }) => assert.fail(`converted to ${durationSeconds} s`),
    (error: unknown) => error,
  )
  assert.ok(error instanceof ConverterError, String(error))
  assert.match(error.message, message)
  assert.equal(error.code, code)
  assert.ok(error.isPermanent)
}

// Two at once: a test spends most of its time waiting for other processes.
describe('extractAudio, on unusable files', { concurrency: 2 }, () => {
  test('refuses an empty file', async () => {
    await assertRefused(await media.write('empty', ''), 'ERR_FILE_EMPTY', /^The file is empty\.$/)
  })

  test('refuses text, PDF, pictures, archives and random bytes', async () => {
    const kinds = {
      text: 'Dear diary,\nno video today.\n'.repeat(100),
      pdf: `%PDF-1.7\n%âãÏÓ\n1 0 obj\n<< /Type /Catalog >>\nendobj\n`,
      html: '<!doctype html><video src="http://127.0.0.1/">',
      zip: Buffer.from('504b0304140000000800', 'hex'),
      random: Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 7919 + (i >> 3) * 31) % 251)),
      gzip: gzipSync(await readFile(await media.get('faststart.mp4'))),
      png: await readFile(await media.get('picture.png')),
    }
    for (const [name, content] of Object.entries(kinds))
      await assertRefused(await media.write(name, content), 'ERR_FILE_NOT_MEDIA', /not a video or audio file/)
  })

  test('refuses an MP4 whose index is missing', async () => {
    const bytes = await readFile(await media.get('moov-at-end.mp4'))
    const withoutIndex = bytes.subarray(0, bytes.indexOf('moov') - 4)
    await assertRefused(await media.write('no-moov', withoutIndex), 'ERR_FILE_DAMAGED', /index.*is missing/)
  })

  test('says of a television recording that it was cut: without its index it cannot be read', async () => {
    const path = media.newPath()
    await ffmpeg('-f', 'lavfi', '-i', 'sine=440:d=2', '-c:a', 'mp2', '-f', 'wtv', `file:${path}`)
    const cut = await media.write('cut.wtv', await truncate(path, 0.6))
    await assertRefused(cut, 'ERR_FILE_DAMAGED', /index.*is missing/)
  })

  test('refuses a video without an audio track', async () => {
    await assertRefused(await media.get('no-audio.mp4'), 'ERR_NO_AUDIO', /^The file has no audio track\.$/)
  })

  test('refuses encrypted audio (CENC)', async () => {
    await assertRefused(await media.get('encrypted.mp4'), 'ERR_FILE_DAMAGED', /damaged or encrypted/)
  })

  test('refuses noise of which less than a second can be decoded', async () => {
    const file = await media.write('truncated', await truncate(await media.get('faststart.mp4'), 0.12))
    await assertRefused(
      file,
      'ERR_FILE_DAMAGED',
      /^The file is damaged: only 0\.\d of 10\.0 s could be read\.$/,
    )
  })

  test('refuses what is damaged if the owner wants all or nothing', async () => {
    const file = await media.write('truncated', await truncate(await media.get('good.mkv'), 0.6))
    await assert.rejects(extract(media, file, { conversion: { onDamage: 'fail' } }), {
      code: 'ERR_FILE_DAMAGED',
      message: /^The file is damaged: only \d\.\d of 10\.0 s could be read\.$/,
    })
  })
})

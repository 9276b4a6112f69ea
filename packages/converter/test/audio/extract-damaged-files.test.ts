import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { wholeFile } from '@jackalope/local-servers/testing'
import { extract } from '../support/extract.ts'
import { openMediaFolder, overwriteMiddle, truncate } from '../support/media-folder.ts'
import type { MediaName } from '../support/media-recipes.ts'

const media = await openMediaFolder(wholeFile)

/** Converts, and checks that the owner is told what is missing. */
async function assertDelivered(
  file: string,
  { seconds, warning }: { seconds: [from: number, to: number]; warning: RegExp },
): Promise<void> {
  const { durationSeconds, warnings } = await extract(media, file)
  const told = warnings.map(({ code, text }) => `${code}: ${text}`).join('\n')
  assert.match(told, warning)
  assert.equal(warnings.length, 1, told)
  assert.ok(durationSeconds > seconds[0] && durationSeconds < seconds[1], `${durationSeconds} s`)
}

// Two at once: a test spends most of its time waiting for other processes.
describe('extractAudio, on damaged files', { concurrency: 2 }, () => {
  const containers: MediaName[] = ['faststart.mp4', 'good.mkv', 'good.webm', 'good.flv', 'good.avi']

  for (const name of [...containers, 'good.ogg', 'good.mp3', 'good.flac', 'good.wmv'] as MediaName[])
    test(`delivers what is left of a corrupt ${name}`, async () => {
      const file = await media.write('corrupt', await overwriteMiddle(await media.get(name)))
      await assertDelivered(file, {
        seconds: [3.5, 9.6],
        warning:
          /^(damaged: The file is damaged|incomplete: The file ends too early): \d\.\d of (9\.\d|10\.\d) s could be read\.$/,
      })
    })

  for (const name of [...containers, 'good.mp3', 'good.flac'] as MediaName[])
    test(`delivers what is left of a truncated ${name}`, async () => {
      const file = await media.write('truncated', await truncate(await media.get(name), 0.6))
      await assertDelivered(file, {
        seconds: [4.5, 7],
        warning:
          /^(incomplete: The file ends too early|damaged: The file is damaged): [5-6]\.\d of 10\.\d s could be read\.$/,
      })
    })

  test('delivers a truncated recording that states no length, and says that it was cut', async () => {
    const file = await media.write('truncated', await truncate(await media.get('recorded.webm'), 0.6))
    await assertDelivered(file, {
      seconds: [5, 7],
      warning: /^incomplete: The file is not whole: it was cut off/,
    })
  })
})

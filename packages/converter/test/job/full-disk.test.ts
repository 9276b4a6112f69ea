import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { extractAudio } from '../../src/audio/extract-audio.ts'
import { openWorkFolder } from '../../src/work-folder/work-folder.ts'
import { defaults, tools } from '../support/extract.ts'
import { openHandler } from '../support/handler.ts'
import { openMediaFolder } from '../support/media-folder.ts'
import { mountSmallDisk } from '../support/small-disk.ts'
import { openStores } from '../support/stores.ts'

test('finds out before the work that the disk has no room, for now', async t => {
  const disk = await mountSmallDisk(t, '1m')
  if (!disk) return
  const media = await openMediaFolder(t)
  const workFolder = await openWorkFolder(disk)
  const { upload, run, leftovers } = await openHandler(t, { workFolder })
  const video = await upload(await media.get('good.m4a'))
  await assert.rejects(run(video), { code: 'ERR_DISK_FULL', isPermanent: false })
  assert.deepEqual(await leftovers(), [])
})

test('does not blame the video when the disk fills up while it is copied', async t => {
  const disk = await mountSmallDisk(t, '64k')
  if (!disk) return
  const media = await openMediaFolder(t)
  const { videos, upload } = openStores(t)
  const { videoId } = await upload(await media.get('good.wav'))
  await assert.rejects(videos.saveAs(videoId, join(disk, 'video')), { code: 'ENOSPC' })
})

test('does not blame the video when the disk fills up while it is converted', async t => {
  const disk = await mountSmallDisk(t, '40m')
  if (!disk) return
  const media = await openMediaFolder(t)
  // Another program fills the disk: 150 kB are left for an MP3 of 240 kB.
  const conversion = extractAudio(await media.get('good.m4a'), join(disk, 'audio.mp3'), {
    ...tools,
    conversion: defaults,
    ffmpegPath: await fillingFfmpeg(disk),
  })
  await assert.rejects(conversion, { code: 'ERR_DISK_FULL', isPermanent: false })
})

/** An ffmpeg that first fills the disk up to 150 kB. */
async function fillingFfmpeg(disk: string): Promise<string> {
  const path = join(disk, 'ffmpeg')
  const script = [
    '#!/bin/sh',
    `if [ ! -e '${disk}/fill' ]; then`,
    `  cat /dev/zero > '${disk}/fill' 2> /dev/null`,
    `  truncate -s -150000 '${disk}/fill'`,
    'fi',
    'exec ffmpeg "$@"',
  ]
  await writeFile(path, script.join('\n'), { mode: 0o755 })
  return path
}

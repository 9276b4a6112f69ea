import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { temporaryFolder } from '@jackalope/local-servers/testing'
import { saveAudio } from '../../src/demo/save-audio.ts'

async function setup(t: TestContext) {
  const dir = await temporaryFolder(t)
  const [videos, here] = [join(dir, 'videos'), join(dir, 'here')]
  await mkdir(videos)
  await mkdir(here)
  return { videos, here, video: join(videos, 'my.holiday.mov') }
}

const audio = () => Readable.from([Buffer.from('sound')])

test('puts the audio beside the video, under its name', async t => {
  const { video, videos, here } = await setup(t)
  const path = await saveAudio(audio(), { video, fallbackDir: here })
  assert.equal(path, join(videos, 'my.holiday.mp3'))
  assert.equal(await readFile(path, 'utf8'), 'sound')
})

test('names audio of another format after it', async t => {
  const { video, videos, here } = await setup(t)
  const path = await saveAudio(audio(), { video, extension: 'flac', fallbackDir: here })
  assert.equal(path, join(videos, 'my.holiday.flac'))
})

test('never overwrites a file', async t => {
  const { video, videos, here } = await setup(t)
  await writeFile(join(videos, 'my.holiday.mp3'), 'mine')
  await writeFile(join(videos, 'my.holiday-1.mp3'), 'mine too')
  assert.equal(await saveAudio(audio(), { video, fallbackDir: here }), join(videos, 'my.holiday-2.mp3'))
  assert.equal(await readFile(join(videos, 'my.holiday.mp3'), 'utf8'), 'mine')
})

test('leaves nothing when the download breaks off', async t => {
  const { video, videos, here } = await setup(t)
  async function* broken() {
    yield Buffer.from('so')
    throw new Error('connection lost')
  }
  await assert.rejects(saveAudio(broken(), { video, fallbackDir: here }), /connection lost/)
  assert.deepEqual(await readdir(videos), [])
})

test('uses the current folder where the one of the video cannot be written to', async t => {
  const { here } = await setup(t)
  // A folder in which not even root can create files.
  const path = await saveAudio(audio(), { video: '/proc/1/task/my.mov', fallbackDir: here })
  assert.equal(path, join(here, 'my.mp3'))
})

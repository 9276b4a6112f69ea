import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type BlobStoreKind, openBlobStore } from '../../packages/blob-store/src/index.ts'
import {
  makeLongVideo,
  makeVideo,
  probeAudio,
  temporaryFolder,
  until,
} from '../../packages/local-servers/src/testing/index.ts'
import { curl } from '../support/curl.ts'
import { mailTo } from '../support/mail-links.ts'
import { login } from '../support/session.ts'
import { startTestSystem, type TestSystem, testedStores } from '../support/system.ts'

const titles: Record<BlobStoreKind, string> = { gridfs: 'MongoDB', disk: 'a folder' }

/** An MP4 with its index at the end, as phones write it, an awkward name, and other containers. */
const names = ['phone.mp4', 'Ada’s "holiday" – día 1.mov', 'film.mkv', 'clip.webm', 'tv.ts', 'old.avi']

// Only the store of blobs differs between the runs: what any store would do alike is done in the first run alone.
for (const [number, store] of testedStores.entries())
  test(`the way of a video, with its files in ${titles[store]}`, t => followTheWay(t, store, number === 0))

async function followTheWay(t: TestContext, store: BlobStoreKind, isFirst: boolean): Promise<void> {
  const system = await startTestSystem(t, store)
  const folder = await temporaryFolder(t)

  await t.test('every container becomes an MP3 of the same length, with plain curl', async () => {
    const ada = await login(system)
    for (const name of isFirst ? names : names.slice(0, 2)) {
      const { id } = await ada.upload(await makeVideo(join(folder, name), 3))
      const job = await ada.untilState(id, 'completed', 'failed')
      assert.equal(job.error, undefined, name)
      const saved = join(folder, 'out.mp3')
      const download = await ada.ask(`/jobs/${id}/audio`, '-o', saved)
      assert.equal(download.body, '')
      const audio = await probeAudio(saved)
      assert.equal(audio.codec, 'mp3')
      assert.ok(Math.abs(audio.seconds - 3) < 0.2, `${name}: ${audio.seconds} s`)
    }
  })

  await t.test('the file comes in parts, under its name, by job or by file id', async () => {
    const ada = await login(system)
    const { id } = await ada.upload(await makeVideo(join(folder, 'song.mp4'), 2))
    const { result } = await ada.untilState(id, 'completed', 'failed')
    assert.ok(result)
    const part = await ada.ask(`/download?fid=${result.audioId}`, '-r', '0-99', '-o', '/dev/null', '-D', '-')
    assert.equal(part.status, 206)
    assert.equal(part.headers['content-range'], `bytes 0-99/${result.sizeBytes}`)
    assert.match(part.headers['content-disposition'] ?? '', /song\.mp3/)
  })

  await t.test("another user's job and file are not found, and nobody gets in without a token", async () => {
    const ada = await login(system)
    const eve = await login(system)
    const { id } = await ada.upload(await makeVideo(join(folder, 'mine.mp4'), 1))
    const { result } = await ada.untilState(id, 'completed')
    for (const path of [`/jobs/${id}`, `/jobs/${id}/audio`, `/download?fid=${result?.audioId}`]) {
      assert.equal((await eve.ask(path)).status, 404, path)
      assert.equal((await curl(`${system.gatewayUrl}${path}`)).status, 401, path)
    }
    assert.deepEqual(JSON.parse((await eve.ask('/jobs')).body).jobs, [])
  })

  await t.test(
    'what is no video fails at once with a reason, and leaves nothing in the temporary folder',
    async () => {
      const ada = await login(system)
      const hostile: [name: string, content: string | Buffer][] = [
        ['text.mp4', 'this is no video'],
        ['noise.mkv', randomBytes(50_000)],
        ['list.mp4', '#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n'],
        ['concat.mp4', "ffconcat version 1.0\nfile '/etc/passwd'\n"],
      ]
      for (const [name, content] of hostile) {
        const file = join(folder, name)
        await writeFile(file, content)
        const { id } = await ada.upload(file)
        const job = await ada.untilState(id, 'completed', 'failed')
        assert.equal(job.state, 'failed', name)
        assert.ok(job.error, name)
      }
      const { id } = await ada.upload(await makeVideo(join(folder, 'after.mp4'), 1))
      await ada.untilState(id, 'completed')
      // The result is shown before the converter has removed the files of its last job.
      await until(async () => (await filesBelow(system.workDir)).length === 0)
    },
  )

  if (isFirst) {
    await t.test('the owner is told by mail', async () => {
      const ada = await login(system)
      const { id } = await ada.upload(await makeVideo(join(folder, 'told.mp4'), 1))
      await ada.untilState(id, 'completed')
      await mailTo(system, ada.email, /^Your audio is ready: told\.mp3/)
    })

    await t.test(
      'a video that kills its converter each time fails for good, its owner is told, and the next one is converted',
      async () => {
        const { converter } = system.services
        const ada = await login(system)
        const { id } = await ada.upload(await makeLongVideo(join(folder, 'poison.mkv'), 15))
        // The folder disappears with the converter, and comes back when the next one has taken the job.
        const isTaken = async () => (await filesBelow(system.workDir)).length > 0
        let kills = 0
        while ((await ada.job(id)).state !== 'failed') {
          if (!(await isTaken())) await delay(50)
          else {
            await converter.kill()
            await converter.start()
            kills += 1
          }
        }
        // The first run and three takeovers.
        assert.equal(kills, 4)
        const { error = '' } = await ada.job(id)
        assert.match(error, /^The conversion failed for a reason of ours/)
        const next = await ada.upload(await makeVideo(join(folder, 'next.mp4'), 1))
        assert.equal((await ada.untilState(next.id, 'completed', 'failed')).error, undefined)
        const isIt = (mail: string) => mail.includes(ada.email) && mail.includes('poison.mkv')
        const mail = await until(async () => (await system.mails()).find(isIt))
        assert.match(mail, /^Subject: Your file could not be converted: poison\.mkv/m)
      },
    )
  }

  await t.test(
    'a converter killed in the middle: the other one ends the job, with one audio file',
    async () => {
      const other = await system.addConverter()
      const ada = await login(system)
      const { id } = await ada.upload(await makeLongVideo(join(folder, 'long.mkv'), 15))
      await ada.untilProgress(id, 20)
      // From outside nobody sees which of the two has the job: each is killed once and starts again.
      for (const converter of [system.services.converter, other]) {
        await converter.kill()
        await converter.start()
      }
      const job = await ada.untilState(id, 'completed', 'failed')
      assert.equal(job.error, undefined)
      assert.equal(job.state, 'completed')
      assert.ok(Math.abs((job.result?.durationSeconds ?? 0) - 900) < 1)
      assert.equal(await audioFilesOf(system, id), 1)
    },
  )
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
}

async function audioFilesOf({ place }: TestSystem, jobId: string): Promise<number> {
  const audios = openBlobStore({ place, name: 'mp3s' })
  try {
    return (await Array.fromAsync(audios.list({ metadata: { jobId } }))).length
  } finally {
    await audios.close()
  }
}

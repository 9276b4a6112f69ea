import assert from 'node:assert/strict'
import { appendFile, copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type BlobStore, openBlobStore } from '../../packages/blob-store/src/index.ts'
import { makeVideo, onEnd, temporaryFolder, until } from '../../packages/local-servers/src/testing/index.ts'
import { login } from '../support/session.ts'
import { startTestSystem, testedStores } from '../support/system.ts'

/** A week in seconds: a source is kept for a day, its audio for a week. */
const fast = {
  SOURCE_RETENTION_SECONDS: '1',
  AUDIO_RETENTION_SECONDS: '7',
  UPKEEP_INTERVAL_SECONDS: '1',
  ORPHAN_GRACE_SECONDS: '3',
}

const uploads = 8

test('a week of uploads in seconds, with kills: every file goes when its time is over, and every job has an end', async t => {
  const store = testedStores.at(-1) ?? 'disk'
  const system = await startTestSystem(t, store, 'on', fast)
  const folder = await temporaryFolder(t)
  const ada = await login(system)
  const video = await makeVideo(join(folder, 'song.mkv'), 1)
  const open = (name: string): BlobStore => {
    const blobs = openBlobStore({ place: system.place, name })
    onEnd(t, () => blobs.close())
    return blobs
  }
  const [videos, audios] = [open('videos'), open('mp3s')]

  const ending = new AbortController()
  const { gateway, converter } = system.services
  const kills = (async () => {
    for (let kill = 0; !ending.signal.aborted; kill++) {
      await delay(700 + 900 * Math.random())
      const victim = kill % 2 ? gateway : converter
      await victim.kill()
      await victim.start()
    }
  })()
  const ids: string[] = []
  for (let number = 0; number < uploads; number++) {
    const file = join(folder, `${number}.mkv`)
    await copyFile(video, file)
    // Junk behind the end makes it another file; every fifth comes twice.
    await appendFile(file, `${number - Number(number % 5 === 4)}`)
    const answer = await ada.ask('/upload', '-X', 'POST', '-F', `file=@${file}`).catch(() => undefined)
    if (answer?.status === 202) ids.push(JSON.parse(answer.body).id)
    await delay(300)
  }
  ending.abort()
  await kills
  assert.ok(ids.length > uploads / 3, `${ids.length} uploads`)

  for (const id of ids) {
    const job = await ada.untilState(id, 'expired', 'failed')
    assert.equal(job.state, 'expired', job.error)
    const { status, body } = await ada.ask(`/jobs/${id}/audio`)
    assert.deepEqual([status, JSON.parse(body).code], [410, 'audio-expired'])
  }
  await until(async () => (await Array.fromAsync(audios.list())).length === 0, 60_000)
  await until(async () => (await Array.fromAsync(videos.list({ hasContent: true }))).length === 0, 60_000)
  // An upload whose answer was lost with its gateway has a job, too.
  for await (const { metadata } of videos.list()) assert.ok(metadata.expired, JSON.stringify(metadata))
  const { jobs } = JSON.parse((await ada.ask('/jobs?limit=100')).body)
  for (const { state } of jobs) assert.equal(state, 'expired')
  t.diagnostic(`${ids.length} uploads were answered, ${jobs.length} jobs`)
})

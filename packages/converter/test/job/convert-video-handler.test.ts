import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { createGridFsBlobStore } from '@jackalope/blob-store'
import { readAttempts, readResult } from '@jackalope/contracts'
import { onEnd, wholeFile } from '@jackalope/local-servers/testing'
import { openHandler } from '../support/handler.ts'
import { openMediaFolder } from '../support/media-folder.ts'

const media = await openMediaFolder(wholeFile)

// Two at once: a test spends most of its time waiting for other processes.
describe('the handler of video.convert', { concurrency: 2 }, () => {
  test('stores the audio, makes it the result of the video, announces it and leaves nothing behind', async t => {
    const { upload, run, videos, audios, told, stages, log, announced, leftovers } = await openHandler(t)
    const video = await upload(await media.get('moov-at-end.mp4'), { fileName: 'Holiday 2026.mov' })
    const result = await run(video)

    assert.equal(result.fileName, 'Holiday 2026.mp3')
    assert.ok(result.durationSeconds > 9.9 && result.durationSeconds < 10.2)
    const audio = await audios.stat(result.audioId)
    assert.equal(audio?.sizeBytes, result.sizeBytes)
    assert.equal(audio?.contentType, 'audio/mpeg')
    assert.equal(audio?.fileName, 'Holiday 2026.mp3')
    assert.deepEqual(audio?.metadata, { ownerId: 'ada', jobId: video.jobId })
    const bytes = await buffer(await audios.open(result.audioId))
    assert.equal(bytes.subarray(0, 3).toString(), 'ID3')
    const { last, ...claimed } = readResult((await videos.stat(video.videoId))?.metadata ?? {}) ?? {}
    assert.deepEqual(claimed, result)
    assert.equal(last?.attemptsMade, 1)
    const data = { ...result, ownerId: 'ada', jobId: video.jobId }
    assert.deepEqual(announced, [{ jobId: `audio-${video.videoId}`, data }])
    assert.equal(told.at(-1), 100)
    // A new stage repeats the percent.
    assert.deepEqual(
      told,
      told.toSorted((a, b) => a - b),
    )
    assert.deepEqual([...stages], ['fetching', 'converting', 'storing'])
    const [attempt] = readAttempts(log, true)
    assert.ok(attempt?.endedAt && attempt.reason === undefined)
    assert.deepEqual(await leftovers(), [])
  })

  test('gives the result of an earlier run and announces it under the same job id', async t => {
    const { upload, run, allAudios, announced } = await openHandler(t)
    const video = await upload(await media.get('good.m4a'))
    const result = await run(video)
    assert.deepEqual(await run(video, { attempt: 2 }), result)
    assert.equal((await allAudios()).length, 1)
    assert.deepEqual(announced[1], announced[0])
  })

  test('leaves one audio file of runs at the same time, and all give the same result', async t => {
    const { upload, run, allAudios, leftovers } = await openHandler(t)
    const video = await upload(await media.get('good.m4a'))
    const [first, second] = await Promise.all([run(video), run(video)])
    assert.deepEqual(first, second)
    assert.deepEqual(
      (await allAudios()).map(({ id }) => id),
      [first.audioId],
    )
    assert.deepEqual(await leftovers(), [])
  })

  test('removes the audio that a killed run had stored and not claimed, and no others', async t => {
    const { upload, run, audios, allAudios } = await openHandler(t)
    const video = await upload(await media.get('good.m4a'))
    const put = (jobId: string) =>
      audios.put(Readable.from([Buffer.from('x')]), {
        fileName: 'x.mp3',
        contentType: 'audio/mpeg',
        metadata: { ownerId: 'ada', jobId },
      })
    await put(video.jobId)
    const other = await put('v-0123456789abcdef01234567')
    const { audioId } = await run(video)
    assert.deepEqual((await allAudios()).map(({ id }) => id).toSorted(), [other.id, audioId].toSorted())
  })

  test('fails for good if the video is gone, or is somebody else’s', async t => {
    const { upload, run, announced } = await openHandler(t)
    const video = await upload(await media.get('good.m4a'))
    const deleted = { code: 'ERR_VIDEO_DELETED', isPermanent: true, message: 'The video was deleted.' }
    await assert.rejects(run({ ...video, videoId: '0123456789abcdef01234567' }), deleted)
    await assert.rejects(run({ ...video, videoId: 'no id' }), deleted)
    await assert.rejects(run({ ...video, ownerId: 'eve' }), deleted)
    assert.deepEqual(announced, [])
  })

  test('fails for good if the video is deleted meanwhile, and leaves no audio', async t => {
    const { upload, run, videos, allAudios, leftovers } = await openHandler(t)
    const video = await upload(await media.get('good.m4a'))
    const progress = async () => {
      await videos.delete(video.videoId)
    }
    await assert.rejects(run(video, { progress }), error => /deleted|no blob/.test(String(error)))
    await assert.rejects(run(video), { code: 'ERR_VIDEO_DELETED' })
    assert.deepEqual(await allAudios(), [])
    assert.deepEqual(await leftovers(), [])
  })

  test('fails for good if the audio of the result has been deleted', async t => {
    const { upload, run, audios } = await openHandler(t)
    const video = await upload(await media.get('good.m4a'))
    await audios.delete((await run(video)).audioId)
    await assert.rejects(run(video), { code: 'ERR_AUDIO_DELETED', isPermanent: true })
  })

  test('fails for good on a video without audio, and leaves nothing', async t => {
    const { upload, run, allAudios, announced, leftovers } = await openHandler(t)
    const video = await upload(await media.get('no-audio.mp4'))
    await assert.rejects(run(video), { code: 'ERR_NO_AUDIO', isPermanent: true })
    assert.deepEqual(await allAudios(), [])
    assert.deepEqual(announced, [])
    assert.deepEqual(await leftovers(), [])
  })

  test('ends with the reason of its signal in the middle of the conversion, and leaves nothing', async t => {
    const { upload, run, allAudios, told, leftovers } = await openHandler(t)
    const video = await upload(await media.get('silent-hour.m4a'))
    const abort = new AbortController()
    const reason = new Error('canceled')
    const progress = async ({ percent }: { percent: number }) => {
      told.push(percent)
      if (percent > 15) abort.abort(reason)
    }
    await assert.rejects(run(video, { signal: abort.signal, progress }), error => error === reason)
    assert.ok((told.at(-1) ?? 0) < 100)
    assert.deepEqual(await allAudios(), [])
    assert.deepEqual(await leftovers(), [])
  })

  test('is to be tried again when the store is away', async t => {
    const away = createGridFsBlobStore({ url: 'mongodb://127.0.0.1:1', database: 'mp3s' })
    onEnd(t, () => away.close())
    const { upload, run, leftovers } = await openHandler(t, { audios: away })
    const video = await upload(await media.get('short.mp4'))
    await assert.rejects(run(video), { code: 'ERR_STORE_UNAVAILABLE' })
    assert.deepEqual(await leftovers(), [])
  })

  test('is done when the announcement is recorded, and else announces again without converting again', async t => {
    const errors = ['ERR_NOT_RECORDED', 'ERR_PUBLISH_UNCONFIRMED']
    const add = async () => {
      const code = errors.shift()
      throw Object.assign(new Error(code), { code })
    }
    const { upload, run, allAudios } = await openHandler(t, { audioReadyQueue: { add } })
    const video = await upload(await media.get('short.mp4'))
    await assert.rejects(run(video), { code: 'ERR_NOT_RECORDED' })
    const [stored] = await allAudios()
    const { audioId } = await run(video, { attempt: 2 })
    assert.equal(audioId, stored?.id)
    assert.equal((await allAudios()).length, 1)
  })
})

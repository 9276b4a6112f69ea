import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { conversionOptions, convertVideo, jobIdOfVideo } from '@jackalope/contracts'
import { LogLines } from '@jackalope/local-servers/testing'
import { createLogger } from '@jackalope/service-kit'
import { createConversions } from '../../src/jobs/conversions.ts'
import { adoptVideos } from '../../src/upkeep/adopt-videos.ts'
import { storeResult, uploaded } from '../support/conversions.ts'
import { startTestGateway } from '../support/test-gateway.ts'

const minuteMs = 60_000

test('adds the jobs of videos that have none, and of no others', async t => {
  const gateway = await startTestGateway(t)
  const { videos, kit } = gateway
  const queue = kit.queue(convertVideo)
  const withJob = await uploaded(gateway)
  const put = async () => {
    const metadata = (id: string) => ({ ownerId: 'ada', jobId: jobIdOfVideo(id) })
    return await videos.put(Readable.from(['x']), { fileName: 'a.mp4', contentType: 'video/mp4', metadata })
  }
  const orphan = await put()
  const converted = await put()
  await storeResult(gateway, jobIdOfVideo(converted.id))

  const logger = createLogger({ service: 'test', level: 'debug', destination: new LogLines() })
  const deps = { videos, conversions: createConversions(() => queue, { logger }), logger }
  assert.equal(await adoptVideos(deps), 0, 'its upload may still run')
  assert.equal(await adoptVideos(deps, Date.now() + 3 * minuteMs), 1)
  assert.equal(await adoptVideos(deps, Date.now() + 3 * minuteMs), 0)
  const job = await queue.getJob(jobIdOfVideo(orphan.id))
  const options = conversionOptions.parse({})
  const data = { videoId: orphan.id, ownerId: 'ada', fileName: 'a.mp4', options }
  assert.partialDeepStrictEqual(job?.data, data)
  assert.equal(await queue.getJob(jobIdOfVideo(converted.id)), undefined)
  assert.ok(await queue.getJob(withJob))
})

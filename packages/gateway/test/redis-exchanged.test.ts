import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { BlobInfo } from '@jackalope/blob-store'
import { startRedis } from '@jackalope/local-servers'
import { onEnd, temporaryFolder, until } from '@jackalope/local-servers/testing'
import { WorkerKitError } from '@jackalope/worker-kit'
import { Redis } from 'ioredis'
import type { ConversionQueue } from '../src/jobs/conversion-queue.ts'
import { createConversions } from '../src/jobs/conversions.ts'
import { signToken, startTestGateway } from './support/test-gateway.ts'

test('whatever Redis answers to a job that is added is no fault of the upload: it is tried again, then a 503', async () => {
  const data = { id: 'a'.repeat(24), fileName: 'a.mp4', metadata: { ownerId: 'ada' } } as unknown as BlobInfo
  const faults = [new WorkerKitError('ERR_INVALID_OPTIONS', 'user_script: nil'), new TypeError('undefined')]
  const added: unknown[] = []
  const add = async (job: unknown) => {
    const fault = faults.shift()
    if (fault) throw fault
    added.push(job)
  }
  const logger = { warn() {} }
  await createConversions(() => ({ add }) as unknown as ConversionQueue, { logger }).add(data)
  assert.equal(added.length, 1)

  const refuse = async () => {
    throw new WorkerKitError('ERR_JOB_TOO_LARGE', 'too large')
  }
  const refusing = createConversions(() => ({ add: refuse }) as unknown as ConversionQueue, { logger })
  await assert.rejects(refusing.add(data), { code: 'ERR_JOB_TOO_LARGE' })
})

test('uploads while Redis is exchanged for an older copy are a 202 or a 503, and what was refused is gone', async t => {
  const dir = await temporaryFolder(t)
  const redis = await startRedis({ dir })
  onEnd(t, () => redis.stop())
  const gateway = await startTestGateway(t, { REDIS_URL: redis.url })
  const statuses: number[] = []
  const put = async () => {
    const response = await fetch(`${gateway.url}/upload/a.mp4`, {
      method: 'PUT',
      headers: { 'Content-Type': 'video/mp4', Authorization: `Bearer ${signToken('ada')}` },
      body: slowly(randomUUID()),
      duplex: 'half',
    })
    await response.text()
    statuses.push(response.status)
  }
  await Promise.all(Array.from({ length: 5 }, put))
  const client = new Redis(redis.url)
  onEnd(t, () => client.disconnect())
  client.on('error', () => {})
  await client.save()

  const ending = new AbortController()
  const uploads = Array.from({ length: 12 }, async () => {
    while (!ending.signal.aborted) await put()
  })
  for (let exchange = 0; exchange < 2; exchange++) {
    const seen = statuses.length
    await until(async () => statuses.length >= seen + 25)
    await redis.kill()
    const files = join(dir, 'appendonlydir')
    await rm(files, { recursive: true })
    await mkdir(files)
    await cp(join(dir, 'dump.rdb'), join(files, 'appendonly.aof.1.base.rdb'))
    await writeFile(join(files, 'appendonly.aof.manifest'), 'file appendonly.aof.1.base.rdb seq 1 type b\n')
    await redis.start()
  }
  ending.abort()
  await Promise.all(uploads)

  const counts = Object.groupBy(statuses, String)
  t.diagnostic(JSON.stringify(Object.fromEntries(Object.entries(counts).map(([s, all]) => [s, all?.length]))))
  const failed = gateway.logs.filter(({ level }) => Number(level) >= 50)
  assert.deepEqual(
    Object.keys(counts).filter(status => !['202', '503'].includes(status)),
    [],
    JSON.stringify(failed.slice(0, 3)),
  )
  const left = await Array.fromAsync(gateway.videos.list())
  assert.equal(left.length, counts['202']?.length)
})

async function* slowly(text: string) {
  yield Buffer.from(text.slice(0, 10))
  await new Promise(resolve => setTimeout(resolve, 30 * Math.random()))
  yield Buffer.from(text.slice(10))
}

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { temporaryFolder } from '@jackalope/local-servers/testing'
import { startProcess } from './support/converter-process.ts'

const addresses = {
  AMQP_URL: 'amqp://me:secret@127.0.0.1:1',
  REDIS_URL: 'redis://127.0.0.1:1',
  MONGODB_URL: 'mongodb://127.0.0.1:1',
}

async function run(t: TestContext, env: Record<string, string>) {
  const WORK_DIR = join(await temporaryFolder(t), 'work')
  const main = new URL('../src/main.ts', import.meta.url)
  return (await startProcess(t, main, { WORK_DIR, ...env })).ended
}

test('says everything that is wrong with its configuration, and ends with 78', async t => {
  const converter = await run(t, {
    AMQP_URL: addresses.AMQP_URL,
    CONCURRENCY: '0',
    PORT: '80a',
    WORK_DIR: 'tmp',
  })
  assert.equal(converter.code, 78)
  const faults = converter.stderr
  assert.match(faults, /PORT: expected an integer from 1 to 65535, got "80a"/)
  assert.match(faults, /REDIS_URL: is not set/)
  assert.match(faults, /MONGODB_URL: is not set/)
  assert.match(faults, /CONCURRENCY: expected an integer from 1 to 256, got "0"/)
  assert.match(faults, /WORK_DIR: expected an absolute path, got "tmp"/)
  assert.doesNotMatch(faults, /secret|at .*\.ts:/)
})

test('asks for the folder of the disk store, and refuses a store that it does not know', async t => {
  const withoutFolder = await run(t, { ...addresses, PORT: '1', BLOB_STORE: 'disk' })
  assert.equal(withoutFolder.code, 78)
  assert.match(withoutFolder.stderr, /BLOB_DIR: is not set; BLOB_STORE=disk needs it/)
  const unknown = await run(t, { ...addresses, PORT: '1', BLOB_STORE: 's3' })
  assert.equal(unknown.code, 78)
  assert.match(unknown.stderr, /BLOB_STORE: expected one of gridfs, disk, got "s3"/)
})

test('says what to install if ffmpeg is missing, and ends with 78', async t => {
  const converter = await run(t, { ...addresses, PORT: '1', FFMPEG_PATH: '/no/such/ffmpeg' })
  assert.equal(converter.code, 78)
  assert.match(converter.stderr, /FFMPEG_PATH: Cannot run \/no\/such\/ffmpeg.*install ffmpeg/)
  assert.doesNotMatch(converter.stderr, /at .*\.ts:/)
})

test('says that it cannot use its work folder, and ends with 78', async t => {
  const converter = await run(t, { ...addresses, PORT: '1', WORK_DIR: '/dev/null/work' })
  assert.equal(converter.code, 78)
  assert.match(converter.stderr, /WORK_DIR: cannot be used: .*\/dev\/null\/work/)
})

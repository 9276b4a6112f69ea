import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { startProcess } from './support/converter-process.ts'

const addresses = {
  AMQP_URL: 'amqp://me:secret@127.0.0.1:1',
  REDIS_URL: 'redis://127.0.0.1:1',
  MONGODB_URL: 'mongodb://127.0.0.1:1',
}

async function run(t: TestContext, env: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'converter-main-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const WORK_DIR = join(folder, 'work')
  return startProcess(t, new URL('../src/main.ts', import.meta.url), { WORK_DIR, ...env })
}

test('says everything that is wrong with its configuration, and ends with 78', async t => {
  const converter = await run(t, {
    AMQP_URL: addresses.AMQP_URL,
    CONCURRENCY: '0',
    PORT: '80a',
    WORK_DIR: 'tmp',
  })
  assert.deepEqual(await converter.exited, [78, null])
  const faults = converter.stderr()
  assert.match(faults, /PORT: expected an integer from 1 to 65535, got "80a"/)
  assert.match(faults, /REDIS_URL: is not set/)
  assert.match(faults, /MONGODB_URL: is not set/)
  assert.match(faults, /CONCURRENCY: expected an integer from 1 to 256, got "0"/)
  assert.match(faults, /WORK_DIR: expected an absolute path, got "tmp"/)
  assert.doesNotMatch(faults, /secret|at .*\.ts:/)
})

test('asks for the folder of the disk store, and refuses a store that it does not know', async t => {
  const withoutFolder = await run(t, { ...addresses, PORT: '1', BLOB_STORE: 'disk' })
  assert.deepEqual(await withoutFolder.exited, [78, null])
  assert.match(withoutFolder.stderr(), /BLOB_DIR: is not set; BLOB_STORE=disk needs it/)
  const unknown = await run(t, { ...addresses, PORT: '1', BLOB_STORE: 's3' })
  assert.deepEqual(await unknown.exited, [78, null])
  assert.match(unknown.stderr(), /BLOB_STORE: expected one of gridfs, disk, got "s3"/)
})

test('says what to install if ffmpeg is missing, and ends with 78', async t => {
  const converter = await run(t, { ...addresses, PORT: '1', FFMPEG_PATH: '/no/such/ffmpeg' })
  assert.deepEqual(await converter.exited, [78, null])
  assert.match(converter.stderr(), /FFMPEG_PATH: Cannot run \/no\/such\/ffmpeg.*install ffmpeg/)
  assert.doesNotMatch(converter.stderr(), /at .*\.ts:/)
})

test('says that it cannot use its work folder, and ends with 78', async t => {
  const converter = await run(t, { ...addresses, PORT: '1', WORK_DIR: '/dev/null/work' })
  assert.deepEqual(await converter.exited, [78, null])
  assert.match(converter.stderr(), /WORK_DIR: cannot be used: .*\/dev\/null\/work/)
})

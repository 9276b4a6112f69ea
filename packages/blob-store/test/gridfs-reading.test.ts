import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { noMongodb } from '@jackalope/local-servers/testing'
import { ObjectId } from 'mongodb'
import { hasCode, song } from './contract/store-under-test.ts'
import { setupGridFs } from './gridfs-setup.ts'

/** Two queries and a part of a third. */
const sizeBytes = 18 * 255 * 1024 + 1

test('puts a blob of several queries into a file, and notices a chunk that is missing from any', {
  skip: noMongodb,
}, async t => {
  const { store, client, database } = setupGridFs(t)
  const folder = await mkdtemp(join(tmpdir(), 'jackalope-reading-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const bytes = randomBytes(sizeBytes)
  const { id } = await store.put(Readable.from([bytes]), song)
  await store.saveAs(id, join(folder, 'whole'))
  assert.ok((await readFile(join(folder, 'whole'))).equals(bytes))
  const chunks = client.db(database).collection('fs.chunks')
  for (const n of [18, 9, 0]) {
    await chunks.deleteOne({ files_id: new ObjectId(id), n })
    await assert.rejects(store.saveAs(id, join(folder, 'part')), hasCode('ERR_BLOB_NOT_FOUND'))
    assert.deepEqual(await readdir(folder), ['whole'])
  }
})

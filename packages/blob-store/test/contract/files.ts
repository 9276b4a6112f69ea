import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { hasCode, listAll, pieceBytes, type Setup, song } from './store-under-test.ts'

async function emptyFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'jackalope-files-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Blobs go into files, and files become blobs. */
export function describeFiles(setup: Setup) {
  test('puts a blob into a file, which stays when the blob is deleted', async t => {
    const { store } = await setup(t)
    const path = join(await emptyFolder(t), 'video')
    const bytes = randomBytes(3 * pieceBytes + 1)
    const { id } = await store.put(Readable.from([bytes]), song)
    await store.saveAs(id, path)
    await store.delete(id)
    assert.ok((await readFile(path)).equals(bytes))
  })

  test('leaves no file of a blob that is not there, or when it is told to stop, and overwrites none', async t => {
    const { store } = await setup(t)
    const folder = await emptyFolder(t)
    const path = join(folder, 'video')
    await assert.rejects(store.saveAs('0123456789abcdef01234567', path), hasCode('ERR_BLOB_NOT_FOUND'))
    const { id } = await store.put(Readable.from([randomBytes(pieceBytes)]), song)
    const reason = new Error('enough')
    const aborted = { signal: AbortSignal.abort(reason) }
    await assert.rejects(store.saveAs(id, path, aborted), error => error === reason)
    assert.deepEqual(await readdir(folder), [])
    await writeFile(path, 'mine')
    await assert.rejects(store.saveAs(id, path), { code: 'EEXIST' })
    assert.equal(await readFile(path, 'utf8'), 'mine')
    await assert.rejects(store.saveAs(id, join(folder, 'missing', 'video')), { code: 'ENOENT' })
  })

  test('makes a blob of a file, which stays when the file is removed', async t => {
    const { store, countLeftovers } = await setup(t)
    const path = join(await emptyFolder(t), 'audio')
    const bytes = randomBytes(2 * pieceBytes + 1)
    await writeFile(path, bytes)
    const blob = await store.putFile(path, { ...song, metadata: id => ({ jobId: id }) })
    await rm(path)
    assert.deepEqual(await store.stat(blob.id), blob)
    assert.deepEqual(
      [blob.fileName, blob.sizeBytes, blob.sha256, blob.metadata],
      [song.fileName, bytes.length, createHash('sha256').update(bytes).digest('hex'), { jobId: blob.id }],
    )
    assert.ok((await buffer(await store.open(blob.id))).equals(bytes))
    const copy = await store.copy(blob.id, song)
    assert.equal(copy.sizeBytes, bytes.length)
    assert.equal(await store.delete(blob.id), true)
    assert.equal(await store.delete(copy.id), true)
    assert.equal(await countLeftovers(), 0)
  })

  test('leaves nothing of a file that is not there, or when it is told to stop', async t => {
    const { store, countLeftovers } = await setup(t)
    const path = join(await emptyFolder(t), 'audio')
    await assert.rejects(store.putFile(path, song))
    await writeFile(path, randomBytes(pieceBytes))
    const reason = new Error('enough')
    await assert.rejects(
      store.putFile(path, song, { signal: AbortSignal.abort(reason) }),
      error => error === reason || (error as Error).name === 'AbortError',
    )
    assert.deepEqual(await listAll(store), [])
    assert.equal(await countLeftovers(), 0)
  })
}

import assert from 'node:assert/strict'
import { execFileSync, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { onEnd, temporaryFolder } from '@jackalope/local-servers/testing'
import { type BlobInfo, createDiskBlobStore } from '../src/index.ts'
import { hasCode } from './contract/store-under-test.ts'
import { setupDisk } from './disk-setup.ts'

const song = { fileName: 'song.mp4', contentType: 'video/mp4', metadata: { ownerId: 'ada' } }
const writerProgram = join(import.meta.dirname, 'disk-writer.ts')

test('a folder that is taken away is a store that is away, not an empty one', async t => {
  const { store, dir } = await setupDisk(t)
  const { id } = await store.put(Readable.from(['x']), song)
  const aside = `${dir}-aside`
  await rename(dir, aside)
  const isUnavailable = (call: () => Promise<unknown>) =>
    assert.rejects(call, hasCode('ERR_STORE_UNAVAILABLE'))
  await isUnavailable(() => store.stat(id))
  await isUnavailable(() => store.open(id))
  await isUnavailable(() => store.put(Readable.from(['x']), song))
  await isUnavailable(() => Array.fromAsync(store.list()))
  await isUnavailable(() => store.claimMetadata(id, 'result', 1))
  await isUnavailable(() => store.delete(id))
  await isUnavailable(() => store.sweepUnfinished(new Date()))
  await isUnavailable(() => store.ping())
  await assert.rejects(stat(dir), { code: 'ENOENT' }, 'nothing was created in its place')
  await rename(aside, dir)
  await store.ping()
  assert.equal((await buffer(await store.open(id))).toString(), 'x')
})

test('a folder that cannot be created is a store that is away, until it can', async t => {
  const parent = join(await temporaryFolder(t), 'parent')
  const store = createDiskBlobStore({ dir: join(parent, 'store') })
  await writeFile(parent, 'a file is in the way')
  await assert.rejects(store.ping(), hasCode('ERR_STORE_UNAVAILABLE'))
  await rename(parent, `${parent}-aside`)
  await store.ping()
})

test('a writer that is killed in the middle leaves no blob, and what it left is swept', async t => {
  const { store, dir, countLeftovers } = await setupDisk(t)
  const writer = fork(writerProgram, [dir, 'write'])
  onEnd(t, () => writer.kill('SIGKILL'))
  const ended = once(writer, 'exit')
  const [id] = await once(writer, 'message')
  assert.ok((await countLeftovers()) > 0)
  assert.equal(await store.stat(id), undefined)
  writer.kill('SIGKILL')
  await ended
  assert.deepEqual(await Array.fromAsync(store.list()), [])
  assert.equal(await store.sweepUnfinished(new Date(Date.now() + 1_000)), 1)
  assert.equal(await countLeftovers(), 0)
})

test('of claims by several processes at once one wins, and all are told which', async t => {
  const { store, dir, countLeftovers } = await setupDisk(t)
  const { id } = await store.put(Readable.from(['x']), song)
  const claimants = ['a', 'b', 'c', 'd'].map(name => fork(writerProgram, [dir, 'claim', id, name]))
  onEnd(t, () => {
    for (const claimant of claimants) claimant.kill('SIGKILL')
  })
  await Promise.all(claimants.map(claimant => once(claimant, 'message'))) // ready
  for (const claimant of claimants) claimant.send('go')
  const told = await Promise.all(claimants.map(async claimant => (await once(claimant, 'message'))[0]))
  // With a hundred fields the process that starts first does not win all of them.
  assert.equal(told[0].length, 100)
  for (const values of told) assert.deepEqual(values, told[0])
  const { ownerId, ...claimed } = (await store.stat(id))?.metadata ?? {}
  assert.deepEqual(Object.values(claimed).sort(), told[0].toSorted())
  assert.equal(await countLeftovers(), 0)
})

test('what one process claims or deletes, another one lists so', async t => {
  const { store, dir } = await setupDisk(t)
  const other = createDiskBlobStore({ dir })
  onEnd(t, () => other.close())
  const { id } = await store.put(Readable.from(['x']), song)
  const list = () =>
    Array.fromAsync(store.list({ metadata: { ownerId: 'ada', state: 'done' } }), (blob: BlobInfo) => blob.id)
  assert.deepEqual(await list(), [])
  await other.claimMetadata(id, 'state', 'done')
  assert.deepEqual(await list(), [id])
  await other.delete(id)
  assert.deepEqual(await list(), [])
})

test('a full disk fails the writing, and nothing is left', async t => {
  const disk = await temporaryFolder(t)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk], { stdio: 'ignore' })
  } catch {
    return t.skip('needs root, to mount a small disk')
  }
  const store = createDiskBlobStore({ dir: join(disk, 'store') })
  try {
    const kept = await store.put(Readable.from([randomBytes(100_000)]), song)
    const writer = store.create(song)
    writer.end(randomBytes(2_000_000))
    await assert.rejects(once(writer, 'finish'), hasCode('ERR_STORE_FULL'))
    await writer.abort()
    await assert.rejects(store.ensureRoom(2_000_000), hasCode('ERR_STORE_FULL'))
    await store.ensureRoom(200_000)
    assert.deepEqual(await readdir(join(disk, 'store', 'unfinished')), [])
    assert.deepEqual(await Array.fromAsync(store.list(), ({ id }) => id), [kept.id])
    await store.put(Readable.from([randomBytes(100_000)]), song)
  } finally {
    execFileSync('umount', [disk])
  }
})

test('a blob whose file was damaged fails its reader, and hides no other', async t => {
  const { store, dir } = await setupDisk(t)
  const [short, broken, whole] = await Promise.all(
    [1, 2, 3].map(() => store.put(Readable.from([randomBytes(1_000_000)]), song)),
  )
  assert.ok(short && broken && whole)
  await writeFile(join(dir, 'blobs', short.id, 'content'), 'cut')
  await writeFile(join(dir, 'blobs', broken.id, 'info.json'), '{"id":')
  await assert.rejects(buffer(await store.open(short.id)), hasCode('ERR_BLOB_NOT_FOUND'))
  const listed = await Array.fromAsync(store.list(), ({ id }) => id)
  assert.deepEqual(new Set(listed), new Set([short.id, whole.id]))
})

test('an id never leads out of the folder', async t => {
  const { store, dir } = await setupDisk(t)
  const { id } = await store.put(Readable.from(['x']), song)
  const secret = `../../${'a'.repeat(18)}`
  assert.equal(secret.length, id.length)
  await mkdir(join(dir, '..', 'a'.repeat(18)))
  await symlink(join(dir, 'blobs', id, 'info.json'), join(dir, '..', 'a'.repeat(18), 'info.json'))
  assert.equal(await store.stat(secret), undefined)
  await assert.rejects(store.open(secret), hasCode('ERR_BLOB_NOT_FOUND'))
  await assert.rejects(store.claimMetadata(secret, 'result', 1), hasCode('ERR_BLOB_NOT_FOUND'))
  assert.equal(await store.delete(secret), false)
  await assert.rejects(store.claimMetadata(id, '../evil', 1), /letters, digits/)
})

test('files are for their owner and group alone', async t => {
  const { store, dir } = await setupDisk(t)
  const { id } = await store.put(Readable.from(['x']), song)
  await store.claimMetadata(id, 'result', 1)
  for (const name of [
    '',
    'blobs',
    `blobs/${id}`,
    `blobs/${id}/content`,
    `blobs/${id}/info.json`,
    `blobs/${id}/set-result.json`,
  ])
    assert.equal((await stat(join(dir, name))).mode & 0o007, 0, name)
})

test('copies nothing between the store and files on its disk, and copies to and from another disk', async t => {
  const { store, dir } = await setupDisk(t)
  const here = await temporaryFolder(t)
  const { id } = await store.put(Readable.from(['bytes']), song)
  const inode = async (path: string) => (await stat(path)).ino
  await store.saveAs(id, join(here, 'video'))
  assert.equal(await inode(join(here, 'video')), await inode(join(dir, 'blobs', id, 'content')))
  await writeFile(join(here, 'audio'), 'sound', { mode: 0o600 })
  const audio = await store.putFile(join(here, 'audio'), song)
  const content = join(dir, 'blobs', audio.id, 'content')
  assert.equal(await inode(join(here, 'audio')), await inode(content))
  assert.equal((await stat(content)).mode & 0o777, 0o660 & ~process.umask(), 'as if the store had made it')

  const elsewhere = '/dev/shm'
  const isOther = await stat(elsewhere).then(
    async ({ dev }) => dev !== (await stat(dir)).dev,
    () => false,
  )
  if (!isOther) return t.skip('has no other disk')
  const path = join(elsewhere, `jackalope-${randomBytes(8).toString('hex')}`)
  onEnd(t, () => rm(path, { force: true }))
  await store.saveAs(id, path)
  const copy = await store.putFile(path, song)
  assert.equal((await buffer(await store.open(copy.id))).toString(), 'bytes')
})

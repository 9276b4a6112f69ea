import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { onEnd, temporaryFolder } from '@jackalope/local-servers/testing'
import { folderName, parseFolderName } from '../../src/work-folder/folder-name.ts'
import { identityOf } from '../../src/work-folder/process-identity.ts'
import { openWorkFolder } from '../../src/work-folder/work-folder.ts'

async function startProcess(t: TestContext) {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' })
  const exited = once(child, 'exit')
  onEnd(t, () => child.kill('SIGKILL'))
  const identity = await identityOf(child.pid as number)
  assert.ok(identity)
  return { child, exited, identity }
}

async function makeFolder(root: string, name: string): Promise<void> {
  await mkdir(join(root, name, 'job-x'), { recursive: true })
  await writeFile(join(root, name, 'job-x', 'video'), 'left behind')
}

test('gives each job an empty folder and removes it afterwards, whatever happened', async t => {
  const work = await openWorkFolder(join(await temporaryFolder(t), 'made', 'if need be'))
  const seen: string[] = []
  const job = async (folder: string) => {
    assert.deepEqual(await readdir(folder), [])
    await writeFile(join(folder, 'video'), 'x')
    seen.push(folder)
    return seen.length
  }
  const results = await Promise.all([work.withJobFolder(job), work.withJobFolder(job)])
  assert.deepEqual(results.toSorted(), [1, 2])
  assert.notEqual(seen[0], seen[1])
  const failing = work.withJobFolder(async folder => {
    await job(folder)
    throw new Error('failed')
  })
  await assert.rejects(failing, /failed/)
  assert.deepEqual(await readdir(work.path), [])
})

test('removes its own folder when it is closed', async t => {
  const root = await temporaryFolder(t)
  const work = await openWorkFolder(root)
  assert.equal((await readdir(root)).length, 1)
  await work.close()
  await work.close()
  assert.deepEqual(await readdir(root), [])
})

test('removes at the start what a killed process left, and nothing else', async t => {
  const root = await temporaryFolder(t)
  const running = await startProcess(t)
  const killed = await startProcess(t)
  killed.child.kill('SIGKILL')
  await killed.exited
  const { host, pid, startTicks } = running.identity
  const names = {
    ofRunning: folderName(running.identity),
    ofKilled: folderName(killed.identity),
    ofEarlierProcessOfThatId: folderName({ host, pid, startTicks: startTicks - 1 }),
    ofOtherHost: folderName({ host: 'elsewhere', pid: 1, startTicks: 1 }),
    foreign: 'notes',
  }
  for (const name of Object.values(names)) await makeFolder(root, name)
  const work = await openWorkFolder(root)
  const own = work.path.slice(root.length + 1)
  assert.deepEqual(
    (await readdir(root)).toSorted(),
    [names.ofRunning, names.ofOtherHost, names.foreign, own].toSorted(),
  )
})

test('removes before a job what a process left that was killed meanwhile, and ends its orphan', {
  skip: process.platform !== 'linux',
}, async t => {
  const root = await temporaryFolder(t)
  const work = await openWorkFolder(root)
  const killed = await startProcess(t)
  const name = folderName(killed.identity)
  await makeFolder(root, name)
  const address = `file:${join(root, name, 'job-x', 'video')}`
  const orphan = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1_000)', address], { stdio: 'ignore' })
  onEnd(t, () => orphan.kill('SIGKILL'))
  const orphanExited = once(orphan, 'exit')
  killed.child.kill('SIGKILL')
  await killed.exited
  await work.withJobFolder(async () => {
    assert.deepEqual(await readdir(root), [work.path.slice(root.length + 1)])
  })
  assert.deepEqual(await orphanExited, [null, 'SIGKILL'])
})

test('makes its folder again if something cleaned it up', async t => {
  const root = await temporaryFolder(t)
  const work = await openWorkFolder(root)
  await rm(root, { recursive: true })
  await work.withJobFolder(async folder => writeFile(join(folder, 'video'), 'x'))
})

test('reads back the names that it makes, and no others', () => {
  const identity = { host: 'a.b_c-d', pid: 12, startTicks: 345 }
  assert.deepEqual(parseFolderName(folderName(identity)), identity)
  for (const name of ['', '12', '12-345', '12-345@', '../12-345@x', '12-345@x/y', 'x12-345@h'])
    assert.equal(parseFolderName(name), undefined, name)
})

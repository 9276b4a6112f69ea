import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import {
  identify,
  isPortFree,
  isRunning,
  isServerRunning,
  LocalServerError,
  type ProcessIdentity,
  type ServerRecipe,
  serverEnvironment,
  startServer,
  stopServer,
} from '../src/index.ts'
import { onEnd, temporaryFolder } from '../src/testing/index.ts'

/** A server that is a shell script. It is ready when `ready` is in its log. */
function scripted(script: string, more: Partial<ServerRecipe> = {}): ServerRecipe {
  return {
    name: 'scripted',
    title: 'Scripted server',
    readyWithinMs: 10_000,
    stopWithinMs: 10_000,
    commands: ({ dir }) => [{ file: '/bin/sh', args: ['-c', script], env: serverEnvironment(), cwd: dir }],
    async check({ logFile }) {
      if (!(await readFile(logFile, 'utf8')).includes('ready')) throw new Error('not ready')
    },
    url: ({ ports }) => `test://127.0.0.1:${ports.main}`,
    ...more,
  }
}

const untilStopped = 'echo ready; exec sleep 600'

async function start(t: TestContext, recipe = scripted(untilStopped)) {
  const dir = join(await temporaryFolder(t), 'server')
  const server = await startServer(recipe, { dir })
  onEnd(t, () => server.stop())
  return { dir, server, record: () => readRecord(dir) }
}

async function readRecord(dir: string) {
  return JSON.parse(await readFile(join(dir, 'server.json'), 'utf8')) as { processes: ProcessIdentity[] }
}

test('keeps folder and record readable by their owner alone', async t => {
  const { dir } = await start(t)
  assert.equal((await stat(join(dir, 'server.json'))).mode & 0o777, 0o600)
  assert.equal((await stat(dir)).mode & 0o777, 0o700)
})

test('takes the running server of a folder instead of starting a second one', async t => {
  const { dir, server, record } = await start(t)
  const before = await record()
  const again = await startServer(scripted(untilStopped), { dir })
  assert.equal(again.port, server.port)
  assert.deepEqual((await record()).processes, before.processes)
})

test('starts again with the same port and the same password', async t => {
  const { dir, server } = await start(t)
  const before = await readFile(join(dir, 'server.json'), 'utf8')
  await server.stop()
  assert.equal(await isServerRunning(dir), false)
  await server.start()
  const [old, now] = [JSON.parse(before), await readRecord(dir)]
  assert.deepEqual({ ...now, processes: [] }, { ...old, processes: [] })
  assert.notDeepEqual(now.processes, old.processes)
})

test('takes another port when somebody else has the one of last time', async t => {
  const { dir, server } = await start(t)
  await server.stop()
  const occupant = createServer().listen(server.port, '127.0.0.1')
  await once(occupant, 'listening')
  onEnd(t, () => occupant.close())
  await assert.rejects(server.start(), { code: 'ERR_PORT_TAKEN' })
  const moved = await startServer(scripted(untilStopped), { dir })
  onEnd(t, () => moved.stop())
  assert.notEqual(moved.port, server.port)
})

test('says how a process ended that did not start, with the end of its log', async t => {
  const dir = await temporaryFolder(t)
  await assert.rejects(startServer(scripted('echo no such table; exit 3'), { dir }), error => {
    assert.ok(error instanceof LocalServerError)
    assert.equal(error.code, 'ERR_START_FAILED')
    assert.match(error.message, /^Scripted server did not start: its process ended with exit code 3\./)
    assert.match(error.message, /no such table$/)
    return true
  })
})

test('stops a process that does not become ready in time', async t => {
  const dir = await temporaryFolder(t)
  const slow = scripted('echo thinking; exec sleep 600', { readyWithinMs: 200 })
  await assert.rejects(startServer(slow, { dir }), /did not answer within 0\.2 s \(not ready\)/)
  assert.equal(await isServerRunning(dir), false)
})

test('stops what it started when the start is aborted', async t => {
  const dir = await temporaryFolder(t)
  const starting = startServer(scripted('exec sleep 600'), { dir, signal: AbortSignal.timeout(300) })
  await assert.rejects(starting, { name: 'TimeoutError' })
  assert.deepEqual((await readRecord(dir)).processes, [])
})

test('does not wait long for the end of a process that was not ready', { timeout: 60_000 }, async t => {
  const dir = await temporaryFolder(t)
  const deaf = scripted("trap '' TERM; echo deaf; sleep 600 & wait; wait", { stopWithinMs: 600_000 })
  const abort = new AbortController()
  const reason = new Error('not wanted any more')
  const starting = startServer(deaf, { dir, signal: abort.signal })
  await t.waitFor(async () => assert.match(await readFile(join(dir, 'scripted.log'), 'utf8'), /deaf/))
  abort.abort(reason)
  await assert.rejects(starting, reason)
  assert.deepEqual((await readRecord(dir)).processes, [])
})

test('kills a process that ignores SIGTERM, and its children', async t => {
  const stubborn = scripted("trap '' TERM; sleep 600 & echo $! >child; echo ready; wait; wait", {
    stopWithinMs: 100,
  })
  const { dir, server } = await start(t, stubborn)
  const child = identify(Number(await readFile(join(dir, 'child'), 'utf8')))
  assert.ok(child)
  await server.stop()
  assert.equal(await isServerRunning(dir), false)
  assert.equal(isRunning(child), false)
})

test('leaves a process alone that only has the pid of the recorded one', async t => {
  const { dir, server, record } = await start(t)
  const [stranger] = (await record()).processes
  assert.ok(stranger)
  await writeFile(
    join(dir, 'server.json'),
    JSON.stringify({ ...(await record()), processes: [{ ...stranger, startedAt: 'another time' }] }),
  )
  await stopServer(dir)
  assert.equal(isRunning(stranger), true)
  process.kill(stranger.pid, 'SIGKILL')
  await server.stop()
})

test('ends with the process that started it, even when that one is killed', async t => {
  const dir = await temporaryFolder(t)
  const program = `
    import { startRedis } from '${import.meta.dirname}/../src/index.ts'
    const server = await startRedis({ dir: process.argv[1] })
    console.log(server.port)
    setInterval(() => {}, 1_000)`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [chunk] = await once(parent.stdout, 'data')
  const port = Number(String(chunk))
  const [redis] = (await readRecord(dir)).processes
  assert.ok(redis && isRunning(redis))
  parent.kill('SIGKILL')
  await t.waitFor(() => assert.equal(isRunning(redis), false), { timeout: 15_000 })
  assert.equal(await isPortFree(port), true)
})

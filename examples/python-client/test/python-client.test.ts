import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { findPython } from '../../../packages/local-servers/src/index.ts'
import {
  listen,
  makeVideo,
  probeAudio,
  temporaryFolder,
} from '../../../packages/local-servers/src/testing/index.ts'
import { password, register } from '../../../test/support/session.ts'
import { startTestSystem } from '../../../test/support/system.ts'

const program = join(import.meta.dirname, '../convert.py')
const python = findPython()
const skip = python ? false : 'no Python: install python3-venv'

/** Runs the program in a new folder, with its environment and what it reads from its standard input. */
async function setup(t: TestContext, gatewayUrl: string) {
  const folder = await temporaryFolder(t)
  const saved = join(folder, 'saved')
  await mkdir(saved)
  return {
    folder,
    saved,
    async run(args: string[], { key, input = '' }: { key?: string; input?: string } = {}) {
      const { PATH } = process.env
      const env = {
        ...{ PATH, PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1', GATEWAY_URL: gatewayUrl },
        ...(key && { API_KEY: key }),
      }
      const child = spawn(python as string, [program, ...args], { cwd: saved, env, timeout: 120_000 })
      const [stdout, stderr] = [text(child.stdout), text(child.stderr)]
      child.stdin.end(input)
      const [exitCode] = await once(child, 'close')
      return { exitCode, stdout: await stdout, stderr: await stderr }
    },
  }
}

test('makes a key with the password, then converts with the key alone, and says why it cannot', {
  skip,
}, async t => {
  const { gatewayUrl } = await startTestSystem(t, 'disk', 'off')
  const { run, folder, saved } = await setup(t, gatewayUrl)
  const email = await register(gatewayUrl)

  const wrong = await run(['key', email], { input: 'wrong\n' })
  assert.match(wrong.stderr, /^convert\.py: .+ \(credentials-wrong, status 401, request \S+\)\n$/)
  const made = await run(['key', email], { input: `${password}\n` })
  assert.match(made.stdout, /^jackalope_[\w-]{43}\n$/, made.stderr)
  const key = made.stdout.trim()

  const video = await makeVideo(join(folder, 'song.mp4'), 2)
  const named = join(folder, 'føtex мёд #1?.mp4')
  await copyFile(video, named)
  const converted = await run([named], { key })
  assert.equal(converted.stdout, 'føtex мёд #1?.mp3\n', converted.stderr)
  assert.match(converted.stderr, /completed, 100 %\n$/)
  assert.equal((await probeAudio(join(saved, 'føtex мёд #1?.mp3'))).codec, 'mp3')

  const again = await run([named], { key })
  assert.match(again.stderr, /File exists/)
  const noVideo = join(folder, 'notes.mp4')
  await writeFile(noVideo, 'no video at all')
  const failed = await run([noVideo], { key })
  assert.equal(failed.exitCode, 1)
  assert.match(failed.stderr, /\nconvert\.py: Job v-\w+ is failed: This is not a video/)
  const refused = await run([noVideo], { key: `jackalope_${'x'.repeat(43)}` })
  assert.match(refused.stderr, /^convert\.py: .+ \(token-invalid, status 401, request \S+\)\n$/)
  assert.deepEqual(await readdir(saved), ['føtex мёд #1?.mp3'])
})

test('tells why an upload is refused whose connection breaks before its end', { skip }, async t => {
  const server = createServer((_, response) => {
    response.writeHead(413, { Connection: 'close', 'Content-Type': 'application/problem+json' })
    response.end('{"detail":"The file is too large","code":"file-too-large","requestId":"r"}')
  })
  const { run, folder } = await setup(t, await listen(t, server))
  const video = join(folder, 'a.mp4')
  // More than the buffers of a connection hold.
  await writeFile(video, Buffer.alloc(64 * 1024 * 1024))
  const { stderr } = await run([video], { key: 'jackalope_x' })
  assert.equal(stderr, 'convert.py: The file is too large (file-too-large, status 413, request r)\n')
})

test('waits for a service that is busy for as long as it says', { skip }, async t => {
  let polls = 0
  const server = createServer((request, response) => {
    request.resume()
    if (request.url?.endsWith('/audio')) return response.end('sound')
    if (request.method === 'PUT') return response.end('{"id":"v-1","state":"waiting","progress":0}')
    polls += 1
    assert.equal(request.url, '/jobs/v-1?wait=30')
    if (polls < 3) return response.writeHead(polls === 1 ? 503 : 429, { 'Retry-After': '0' }).end()
    response.end('{"id":"v-1","state":"completed","progress":100}')
  })
  const { run, folder } = await setup(t, await listen(t, server))
  const video = join(folder, 'a.mp4')
  await writeFile(video, 'video')
  const { stdout, stderr } = await run([video], { key: 'jackalope_x' })
  assert.equal(stdout, 'audio.mp3\n', stderr)
  assert.equal(polls, 3)
})

test('saves nothing outside of its folder, and no half of a file', { skip }, async t => {
  const sent = { disposition: '', promised: 5 }
  const server = createServer((request, response) => {
    request.resume()
    if (!request.url?.endsWith('/audio'))
      return response.end('{"id":"v-1","state":"completed","progress":100}')
    response.writeHead(200, { 'Content-Disposition': sent.disposition, 'Content-Length': sent.promised })
    response.write('sound', () => response.destroy())
  })
  const { run, folder, saved } = await setup(t, await listen(t, server))
  const video = join(folder, 'a.mp4')
  await writeFile(video, 'video')
  const convert = async (disposition: string) => {
    sent.disposition = disposition
    return await run([video], { key: 'jackalope_x' })
  }
  for (const disposition of [
    `attachment; filename="x.mp3"; filename*=UTF-8''..%2F..%2Fone.mp3`,
    'attachment; filename="..\\\\two.mp3"',
    'attachment; filename=".."',
    'attachment',
  ])
    await convert(disposition)
  assert.deepEqual((await readdir(saved)).toSorted(), ['audio.mp3', 'one.mp3', 'two.mp3'])
  sent.promised = 6
  assert.match((await convert('attachment; filename="half.mp3"')).stderr, /broke off after 5 bytes/)
  assert.deepEqual((await readdir(saved)).toSorted(), ['audio.mp3', 'one.mp3', 'two.mp3'])
})

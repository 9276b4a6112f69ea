import assert from 'node:assert/strict'
import { chmod, readdir, readFile, stat } from 'node:fs/promises'
import { test } from 'node:test'
import { wholeFile } from '@jackalope/local-servers/testing'
import { type FfmpegOptions, runFfmpeg } from '../../src/tools/ffmpeg.ts'
import type { FfmpegProgress } from '../../src/tools/ffmpeg-progress.ts'
import { openMediaFolder } from '../support/media-folder.ts'

const media = await openMediaFolder(wholeFile)

function options(input: string, output: string): FfmpegOptions {
  return {
    ffmpegPath: 'ffmpeg',
    input,
    inputOptions: ['-nostdin', '-y', '-v', 'warning'],
    output,
    outputOptions: ['-vn', '-c:a', 'libmp3lame', '-metadata', 'title=two words', '-f', 'mp3'],
  }
}

/** Ids of the processes whose arguments name the file. */
async function processesOn(path: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  const commandLines = await Promise.all(
    pids.map(pid => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  )
  return pids.filter((_, i) => commandLines[i]?.includes(path))
}

test('converts, and tells how far it is', async () => {
  const output = media.newPath()
  const told: FfmpegProgress[] = []
  const exit = await runFfmpeg({
    ...options(await media.get('faststart.mp4'), output),
    onProgress: progress => told.push(progress),
  })
  assert.equal(exit.exitCode, 0)
  assert.equal(exit.signal, null)
  assert.equal(exit.written.sizeBytes, (await stat(output)).size)
  assert.ok(exit.written.endSeconds > 9.9)
  assert.deepEqual(told.at(-1), exit.written)
})

test('gives a failed run as it was', async () => {
  const exit = await runFfmpeg(options(await media.get('picture.png'), media.newPath()))
  assert.notEqual(exit.exitCode, 0)
  assert.match(exit.stderr, /does not contain any stream/)
  const missing = await runFfmpeg(options('/no/such/file', media.newPath()))
  assert.match(missing.stderr, /No such file or directory/)
})

test('rejects if there is no such program, and the process lives', async () => {
  const run = runFfmpeg({
    ...options(await media.get('faststart.mp4'), media.newPath()),
    ffmpegPath: '/no/such/ffmpeg',
  })
  await assert.rejects(run, {
    code: 'ERR_TOOL_UNUSABLE',
    message: /Cannot run \/no\/such\/ffmpeg: .*not found/,
  })
})

test('is not held open by what ffmpeg leaves behind', async () => {
  const ffmpegPath = await media.write('ffmpeg', '#!/bin/sh\nsleep 60 &\nexec ffmpeg "$@"\n')
  await chmod(ffmpegPath, 0o755)
  const startedAt = performance.now()
  const run = { ...options(await media.get('good.wav'), media.newPath()), ffmpegPath }
  assert.equal((await runFfmpeg(run)).exitCode, 0)
  assert.ok(performance.now() - startedAt < 30_000)
})

test('is ended before its start, at once after it, and in the middle, with the reason of the signal', async () => {
  const input = await media.get('six-hours.m4a')
  const reason = new Error('canceled')
  const cases: Record<string, (abort: AbortController) => Partial<FfmpegOptions>> = {
    before: abort => {
      abort.abort(reason)
      return {}
    },
    'at once': abort => {
      queueMicrotask(() => abort.abort(reason))
      return {}
    },
    'in the middle': abort => ({ onProgress: () => abort.abort(reason) }),
  }
  for (const [moment, prepare] of Object.entries(cases)) {
    const abort = new AbortController()
    const output = media.newPath()
    const run = runFfmpeg({ ...options(input, output), signal: abort.signal, ...prepare(abort) })
    await assert.rejects(run, error => error === reason, moment)
    assert.deepEqual(await processesOn(output), [], moment)
  }
})

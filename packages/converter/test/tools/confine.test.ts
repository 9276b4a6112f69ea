import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { ffmpeg, temporaryFolder, wholeFile } from '@jackalope/local-servers/testing'
import { conversionsWithin, isMemoryShort, memoryForEach } from '../../src/tools/memory.ts'
import { withoutNetwork } from '../../src/tools/network-namespace.ts'
import { runProgram } from '../../src/tools/run-program.ts'

const shell = (script: string, limits = {}) => runProgram('/bin/sh', ['-c', script], { limits })

test('gives a tool an environment of PATH and LANG alone', async () => {
  process.env.SECRET_OF_TEST = 'secret'
  try {
    const { stdout } = await runProgram('env', [])
    const names = stdout
      .trim()
      .split('\n')
      .map(line => line.split('=')[0] ?? '')
    assert.deepEqual(names.filter(name => !['PWD', 'SHLVL', '_', 'OLDPWD'].includes(name)).sort(), [
      'LANG',
      'PATH',
    ])
  } finally {
    delete process.env.SECRET_OF_TEST
  }
})

test('limits memory, processor time and the size of files', {
  skip: process.platform !== 'linux',
}, async () => {
  const limits = { memoryBytes: 100 * 1024 ** 2, cpuSeconds: 7, fileBytes: 51_200 }
  const { stdout } = await shell('ulimit -d; ulimit -S -t; ulimit -H -t; ulimit -f; ulimit -c', limits)
  assert.deepEqual(stdout.trim().split('\n'), ['102400', '7', '12', '100', '0'])
})

test('leaves room for the threads of a machine with many cores', {
  skip: process.platform !== 'linux',
}, async () => {
  const path = join(await temporaryFolder(wholeFile), 'x.flac')
  await ffmpeg('-f', 'lavfi', '-i', 'sine=d=2', '-c:a', 'flac', path)
  const args = ['-v', 'error', '-threads', '32', '-i', path, '-filter_threads', '32', '-af', 'pan=mono|c0=c0']
  const limits = { memoryBytes: memoryForEach(0, 32) }
  const { exitCode, stderr } = await runProgram('ffmpeg', [...args, '-f', 'null', '-'], { limits })
  assert.deepEqual([exitCode, stderr], [0, ''])
})

test('ends a tool that writes too much, or works too long', {
  skip: process.platform !== 'linux',
}, async () => {
  const busy = await shell('while :; do :; done', { cpuSeconds: 1 })
  assert.equal(busy.signal, 'SIGXCPU')
  assert.equal(busy.cpuSeconds, 1)
  const [way] = await withoutNetwork()
  if (way !== undefined) assert.equal((await shell('cat /proc/net/dev | grep -vc lo:')).stdout, '2\n')
})

test('shares the memory of a container between the conversions', () => {
  const mebibyte = 1024 ** 2
  assert.equal(memoryForEach(1024 * mebibyte, 2), 384 * mebibyte)
  assert.equal(memoryForEach(1024 * mebibyte, 3), 256 * mebibyte)
  assert.equal(memoryForEach(512 * mebibyte, 8), 192 * mebibyte)
})

test('starts no more conversions than fit into the memory of a container', () => {
  const mebibyte = 1024 ** 2
  assert.equal(conversionsWithin(2_048 * mebibyte, 2), 2)
  assert.equal(conversionsWithin(2_048 * mebibyte, 16), 9)
  assert.equal(conversionsWithin(128 * mebibyte, 16), 1)
  for (const limit of [512, 700, 1_024, 2_048, 65_536]) {
    const conversions = conversionsWithin(limit * mebibyte, 16)
    assert.equal(isMemoryShort(limit * mebibyte, conversions), false)
  }
  assert.ok(isMemoryShort(2_048 * mebibyte, 16))
})

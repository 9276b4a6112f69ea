import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { isRunning, type ProcessIdentity } from '@jackalope/local-servers'
import { temporaryFolder } from '@jackalope/local-servers/testing'
import type { Series } from '../src/comparison/run-comparison.ts'
import { contestantNames } from '../src/contestants.ts'
import { measureNames } from '../src/measures.ts'

const main = join(import.meta.dirname, '../src/main.ts')

async function startBench(t: TestContext, args: string[]) {
  const dir = await temporaryFolder(t)
  const servers = join(dir, 'servers')
  const child = spawn(process.execPath, [main, '--dir', servers, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', text => {
      output += text
    })
  const ended = once(child, 'close').then(([exitCode]) => exitCode as number)
  return { dir, servers, child, ended, output: () => output }
}

/** Processes that the servers' records speak of. */
async function recorded(servers: string): Promise<ProcessIdentity[]> {
  const files = (await readdir(servers, { recursive: true })).filter(file => file.endsWith('server.json'))
  const records = await Promise.all(files.map(file => readFile(join(servers, file), 'utf8')))
  return records.flatMap(text => (JSON.parse(text) as { processes: ProcessIdentity[] }).processes)
}

test('measures every contestant by every measure, and stops its servers', async t => {
  const json = join(await temporaryFolder(t), 'result.json')
  const bench = await startBench(t, ['--share=0.005', '--rounds=1', '--payloads=200', '--json', json])
  assert.equal(await bench.ended, 0, bench.output())
  const { series } = JSON.parse(await readFile(json, 'utf8')) as { series: Series[] }
  for (const measure of measureNames)
    for (const contestant of contestantNames) {
      const found = series.find(one => one.measure === measure && one.contestant === contestant)
      // A broker alone has no Redis whose memory could be measured.
      const isExpected = measure !== 'memory' || !contestant.startsWith('amqplib')
      assert.equal(found?.rounds.length, isExpected ? 1 : undefined, `${measure} ${contestant}`)
      assert.ok(!isExpected || Number.isFinite(found?.rounds[0]?.value))
    }
  assert.match(bench.output(), /^\| drain, concurrency 10 +\|/m)
  assert.deepEqual(await recorded(bench.servers), [])
})

/** Without a stack: nothing is wrong. */
const endedClearly = /\njackalope: bench: ended by SIGTERM\n$/

test('on SIGTERM, stops its servers and says so in its exit code', async t => {
  const bench = await startBench(t, ['--measures=add'])
  while (!bench.output().includes('Warming up'))
    assert.notEqual(
      typeof (await Promise.race([once(bench.child.stderr, 'data'), bench.ended])),
      'number',
      bench.output(),
    )
  const processes = await recorded(bench.servers)
  assert.equal(processes.length, 4, 'RabbitMQ, its epmd and two of Redis')
  bench.child.kill('SIGTERM')
  assert.equal(await bench.ended, 128 + 15)
  assert.match(bench.output(), endedClearly)
  assert.deepEqual(processes.filter(isRunning), [])
})

test('on SIGTERM while a cluster starts, does not wait for it', async t => {
  const bench = await startBench(t, ['--nodes=2'])
  const all = 'two of RabbitMQ with their epmds, and two of Redis'
  await t.waitFor(async () => assert.equal((await recorded(bench.servers)).length, 6, all), {
    timeout: 30_000,
  })
  const processes = await recorded(bench.servers)
  bench.child.kill('SIGTERM')
  assert.equal(await bench.ended, 128 + 15)
  assert.match(bench.output(), endedClearly)
  assert.doesNotMatch(bench.output(), /Stopping the servers/, 'said of servers that have started')
  assert.deepEqual(processes.filter(isRunning), [])
})

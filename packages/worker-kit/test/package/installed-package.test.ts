import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, globSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { amqpUrl, redisUrl } from '@jackalope/local-servers/testing'
import { connect as connectAmqp } from 'amqplib'
import { Queue, QueueEvents } from 'bullmq'
import { withTimeLimit } from '../../src/time-limit.ts'
import { docSnippets } from './doc-snippets.ts'
import { nodeProgram, nodeVersions } from './node-versions.ts'
import { OutsideProject, temporaryFolder } from './outside-project.ts'
import { pack } from './pack.ts'
import { quickStart } from './quick-start.ts'
import { testBundles } from './test-bundles.ts'
import { testChecks } from './test-checks.ts'

let tarball: string
/** With what the README tells to install, and nothing else. */
let bare: OutsideProject
/** With compilers, bundlers and test runners. */
let tooled: OutsideProject
let folder: Awaited<ReturnType<typeof temporaryFolder>>
/** What the TypeScript compiler says of the consumers of `tooled`. */
let compilerOutput: string
const nodes = new Map<string, string>()
const quickStartQueue = `quick-start-${randomUUID()}`

before(async () => {
  folder = await temporaryFolder()
  tarball = await pack(folder.path)
  const tools = [
    'typescript@6.0.3',
    '@types/node@24',
    'zod@4',
    'prom-client@15',
    'pino@10',
    'bullmq-otel@2',
    'esbuild@0.28.2',
    'jest@30.5.2',
  ]
  const made = await Promise.all([
    OutsideProject.create(folder.path, 'bare', [tarball, 'bullmq']),
    OutsideProject.create(folder.path, 'tooled', [tarball, 'bullmq', ...tools]),
    ...nodeVersions.map(async version => nodes.set(version, await nodeProgram(version))),
  ])
  bare = made[0] as OutsideProject
  tooled = made[1] as OutsideProject
  await tooled.write('quick-start.mts', await quickStart(quickStartQueue))
  await tooled.add('consumer.mts', 'consumer.cts', 'assumed.d.ts', 'tsconfig.json')
  for (const [name, text] of await docSnippets()) await tooled.write(name, text)
  compilerOutput = await tooled.run('npx', ['--no-install', 'tsc', '--pretty', 'false']).catch(String)
})

after(() => folder[Symbol.asyncDispose]())

test('npm installs one copy of bullmq and of ioredis, and no prom-client', () => {
  const copies = (name: string) => globSync(`**/node_modules/${name}/package.json`, { cwd: bare.folder })
  assert.deepEqual(copies('bullmq'), ['node_modules/bullmq/package.json'])
  assert.deepEqual(copies('ioredis'), ['node_modules/ioredis/package.json'])
  assert.deepEqual(copies('prom-client'), [])
})

test('a strict consumer of all exports, the quick start and all snippets of the docs find no fault in types, our declarations included', () => {
  assert.ok(existsSync(join(tooled.folder, 'out/consumer.mjs')), compilerOutput)
  assert.ok(globSync('out/{README,docs}-*.mjs', { cwd: tooled.folder }).length > 15)
  const faults = compilerOutput.split('\n').filter(line => /error TS/.test(line))
  // With skipLibCheck off, the declarations of other packages are checked too: their faults are not ours.
  assert.deepEqual(
    faults.filter(line => !/^node_modules\/(?!@jackalope\/)/.test(line)),
    [],
  )
})

for (const version of nodeVersions) {
  const on = `on Node.js ${version}`
  const node = () => nodes.get(version) as string

  test(`the package is imported, and runs a job, ${on}`, async () => {
    await bare.add('run-one-job.mjs')
    assert.equal(await bare.run(node(), ['run-one-job.mjs'], { node: node() }), '{"to":"ada"}\n')
  })

  test(`the package is required ${on}, and is the one that is imported`, async () => {
    await tooled.add('require.cjs')
    const output = await tooled.run(node(), ['require.cjs'], { node: node(), env: { WITH_METRICS: 'yes' } })
    assert.deepEqual(JSON.parse(output), {
      isSame: true,
      types: ['function', 'function', 'function', 'function'],
    })
  })

  test(`all but the metrics does without prom-client ${on}`, async () => {
    await bare.add('require.cjs')
    const output = await bare.run(node(), ['require.cjs'], { node: node() })
    assert.equal(JSON.parse(output).isSame, true)
    await assert.rejects(
      bare.run(node(), ['--eval', "import('@jackalope/worker-kit/metrics')"], { node: node() }),
      /Cannot find package 'prom-client'/,
    )
  })

  test(`the command line runs ${on}`, async () => {
    const prefix = `outside-${randomUUID()}`
    const run = (...args: string[]) =>
      bare.run('npx', ['--no-install', 'worker-kit', ...args], { node: node() })
    assert.match(await run('help'), /worker-kit queues/)
    assert.deepEqual(JSON.parse(await run('queues', '--json', '--prefix', prefix)).items, [])
  })

  test(`the README's quick start runs a job ${on}`, async () => {
    await using queue = await watchedQueue(quickStartQueue)
    const child = spawn(node(), ['out/quick-start.mjs'], {
      cwd: tooled.folder,
      env: { ...process.env, PATH: `${dirname(node())}${delimiter}${process.env.PATH}`, AMQP_URL: amqpUrl() },
    })
    const stderr = text(child.stderr)
    const exited = once(child, 'exit')
    const ended = exited.then(async ([code]) =>
      code === 0 ? queue.completed : assert.fail(`the quick start failed: ${await stderr}`),
    )
    ended.catch(() => undefined)
    try {
      const first = Promise.race([queue.completed, ended])
      await withTimeLimit(first, 60_000, () => assert.fail('no job was completed within 60 s'))
    } finally {
      // Before its queue is removed: its worker would declare the queue again.
      child.kill('SIGKILL')
      await exited
    }
  })
}

testChecks(() => tarball)

testBundles({
  project: () => tooled,
  node: () => nodes.get(nodeVersions[0]) as string,
  env: { AMQP_URL: amqpUrl(), REDIS_URL: redisUrl() },
})

/** Sees a queue's first completed job, and removes the queue in the end. */
async function watchedQueue(name: string): Promise<AsyncDisposable & { completed: Promise<unknown> }> {
  const connection = { url: redisUrl() }
  const events = new QueueEvents(name, { connection })
  const completed = once(events, 'completed')
  await events.waitUntilReady()
  return {
    completed,
    async [Symbol.asyncDispose]() {
      await events.close()
      const queue = new Queue(name, { connection })
      await queue.obliterate({ force: true })
      await queue.close()
      await removeFromBroker(`bull:${name}`)
    },
  }
}

async function removeFromBroker(queue: string): Promise<void> {
  const connection = await connectAmqp(amqpUrl())
  const channel = await connection.createChannel()
  for (const name of [queue, `${queue}:dead`]) await channel.deleteQueue(name)
  await connection.close()
}

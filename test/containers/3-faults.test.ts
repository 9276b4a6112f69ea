import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { makeLongVideo, makeVideo, onEnd, until } from '../../packages/local-servers/src/testing/index.ts'
import { curl } from '../support/curl.ts'
import type { Session } from '../support/session.ts'
import {
  compose,
  countFiles,
  docker,
  gatewayUrl,
  inside,
  kill,
  scaleConverters,
  startAgain,
  untilConverting,
  untilReady,
} from './compose.ts'
import { visit } from './visit.ts'

test('a converter killed in the middle: the other ends its job, with one MP3', async t => {
  const { ada, long } = await setup(t)
  const converters = await scaleConverters(2)
  onEnd(t, () => scaleConverters(1), 300_000)
  const { id } = await ada.upload(long)
  const busy = await untilConverting(converters)
  await ada.untilProgress(id, 20)
  await docker('kill', '--signal', 'KILL', busy)
  await expectCompleted(ada, [id])
  await docker('start', busy)
})

test('a converter that is told to stop ends what it converts', async t => {
  const { ada, long } = await setup(t)
  const { id } = await ada.upload(long)
  await ada.untilProgress(id, 10)
  await compose('restart', 'converter')
  const job = await ada.job(id)
  assert.equal(job.state, 'completed')
  assert.equal((job as { attemptsMade?: number }).attemptsMade, 1)
})

for (const server of ['rabbitmq', 'redis', 'mongodb'])
  test(`${server} killed with a conversion running and jobs waiting: nothing is lost`, async t => {
    const { ada, long, short } = await setup(t)
    const running = await ada.upload(long)
    await ada.untilProgress(running.id, 5)
    // More jobs than can run at once.
    const jobs = [running]
    for (const video of [long, short, short, short, short]) jobs.push(await ada.upload(video))
    await kill(server)
    assert.equal((await curl(`${gatewayUrl}/readyz`)).status, 503)
    await startAgain(server)
    await expectCompleted(
      ada,
      jobs.map(({ id }) => id),
    )
    if (server === 'redis') assert.doesNotMatch(await compose('logs', 'redis'), /CRITICAL/)
  })

test('an upload while RabbitMQ is down is taken, and converted once it is back', async t => {
  const { ada, short } = await setup(t)
  await kill('rabbitmq')
  const { id } = await ada.upload(short)
  await startAgain('rabbitmq')
  await expectCompleted(ada, [id])
})

test('mysql killed: a clear 503, and everybody can log in again', async t => {
  const { ada } = await setup(t)
  await kill('mysql')
  const logIn = () => curl('-X', 'POST', '-u', `${ada.email}:Correct-horse-9`, `${gatewayUrl}/login`)
  const refused = await logIn()
  assert.equal(refused.status, 503, refused.body)
  assert.equal((await ada.ask('/jobs')).status, 200)
  await startAgain('mysql')
  await until(async () => {
    const { status } = await logIn()
    assert.ok([200, 503].includes(status), String(status))
    return status === 200
  })
})

test('rabbitmq counts as healthy while it takes connections', async t => {
  await untilReady()
  const container = await compose('ps', '--quiet', 'rabbitmq')
  const [, ...check] = JSON.parse(
    await docker('inspect', '--format', '{{json .Config.Healthcheck.Test}}', container),
  )
  await inside('rabbitmq', ...check)
  onEnd(t, () => inside('rabbitmq', 'rabbitmqctl', '--quiet', 'start_app').then(untilReady), 300_000)
  await inside('rabbitmq', 'rabbitmqctl', '--quiet', 'stop_app')
  await assert.rejects(inside('rabbitmq', ...check), /Connection refused/)
})

test('a service that ends is started again', async t => {
  const { ada } = await setup(t)
  const started = async () =>
    docker('inspect', '--format', '{{.State.StartedAt}} {{.RestartCount}}', await gatewayId())
  const gatewayId = () => compose('ps', '--quiet', 'gateway')
  const before = await started()
  await compose('exec', '-T', 'gateway', 'node', '--eval', 'process.kill(1, "SIGTERM")')
  await until(async () => (await started()) !== before)
  await untilReady()
  assert.equal((await ada.ask('/jobs')).status, 200)
})

async function setup(t: TestContext) {
  const { ada, folder } = await visit(t)
  const [long, short] = await Promise.all([
    // Its conversion takes seconds.
    makeLongVideo(join(folder, 'long.mkv'), 10),
    makeVideo(join(folder, 'short.mp4'), 2),
  ])
  return { ada, long, short }
}

async function expectCompleted(ada: Session, ids: string[]): Promise<void> {
  for (const id of ids) {
    const job = await ada.untilState(id, 'completed', 'failed')
    assert.equal(job.error, undefined)
    assert.equal(await countFiles('mp3s', { 'metadata.jobId': id }), 1)
  }
}

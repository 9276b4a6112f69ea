// Tries the overlay `local` on kubectl's current cluster. Run it by hand, since it needs a cluster and half an hour:
//
//     node --test --test-reporter=spec test/kubernetes/try-cluster.ts
//
// docs/kubernetes.md describes the preparation; mp3converter.com must lead to the ingress, whose controller's namespace the
// network policy to-gateway must name. The test deletes pods and
// scales deployments, so use a cluster of your own. It needs curl, ffmpeg and ffprobe too.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import {
  makeLongVideo,
  makeVideo,
  probeAudio,
  temporaryFolder,
  until,
} from '../../packages/local-servers/src/testing/index.ts'
import { curl } from '../support/curl.ts'
import { type Job, login, type Session } from '../support/session.ts'
import {
  apply,
  audioFilesOf,
  connectFrom,
  kubectl,
  podsOf,
  replaceServer,
  scale,
  untilRolledOut,
} from './cluster.ts'

const gatewayUrl = 'http://mp3converter.com'
const servers = ['rabbitmq', 'redis', 'mysql', 'mongodb']
const services = ['auth', 'gateway', 'converter', 'notifier']

test('the overlay local', async t => {
  const folder = await temporaryFolder(t)
  const shortVideo = await makeVideo(join(folder, 'short.mp4'), 3)
  const longVideo = await makeLongVideo(join(folder, 'long.mkv'), 20)

  await t.test('every pod becomes ready', async () => {
    for (const server of servers) await untilRolledOut(`statefulset/${server}`)
    for (const service of services) await untilRolledOut(`deployment/${service}`)
  })

  await t.test('the namespace takes no pod that may run as root', async () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'root' },
      spec: { containers: [{ name: 'root', image: 'redis:8.10.1', securityContext: { privileged: true } }] },
    }
    await assert.rejects(apply(pod, '--dry-run=server'), /violates PodSecurity "restricted:latest"/)
  })

  await t.test('a video becomes an MP3, through the ingress', async () => {
    const ada = await login({ gatewayUrl })
    const { id } = await ada.upload(shortVideo)
    const job = await ada.untilState(id, 'completed', 'failed')
    assert.equal(job.error, undefined)
    const saved = join(folder, 'short.mp3')
    assert.equal((await ada.ask(`/jobs/${id}/audio`, '-o', saved)).body, '')
    const audio = await probeAudio(saved)
    assert.equal(audio.codec, 'mp3')
    assert.ok(Math.abs(audio.seconds - 3) < 0.2, `${audio.seconds} s`)
  })

  await t.test('the management page is there, with its own login', async () => {
    const page = await curl('http://rabbitmq-manager.com/')
    assert.equal(page.status, 200)
    assert.match(page.body, /RabbitMQ Management/)
    assert.equal((await curl('http://rabbitmq-manager.com/api/queues')).status, 401)
  })

  await t.test('only those that need a server reach it', async () => {
    assert.equal(await connectFrom('gateway', 'redis', 6379), 'open')
    assert.equal(await connectFrom('auth', 'mysql', 3306), 'open')
    for (const [host, port] of [
      ['redis', 6379],
      ['mysql', 3306],
      ['mongodb', 27_017],
      ['rabbitmq', 5672],
    ] as const)
      assert.notEqual(await connectFrom('stranger', host, port), 'open', host)
    assert.notEqual(await connectFrom('notifier', 'mongodb', 27_017), 'open')
    assert.equal(await connectFrom('notifier', 'auth', 80), 'open')
    for (const host of ['gateway', 'auth'])
      for (const app of ['stranger', 'converter'])
        assert.notEqual(await connectFrom(app, host, 80), 'open', `${app} to ${host}`)
  })

  await t.test('a converter that is told to go ends its conversion first', async () => {
    const ada = await login({ gatewayUrl })
    const { id } = await ada.upload(longVideo)
    const [converter = ''] = await podsOf('converter')
    await ada.untilProgress(id, 5)
    await kubectl('delete', 'pod', converter, '--wait=false')
    await assertConverted(t, ada, id)
    assert.equal(await attemptsOf(ada, id), 1)
    await kubectl('wait', '--for=delete', `pod/${converter}`, '--timeout=120s')
  })

  await t.test('a converter that is killed: another one ends its job, with one audio file', async () => {
    await untilRolledOut('deployment/converter')
    const ada = await login({ gatewayUrl })
    const { id } = await ada.upload(longVideo)
    await ada.untilProgress(id, 20)
    for (const converter of await podsOf('converter'))
      await kubectl('delete', 'pod', converter, '--grace-period=0', '--force')
    await assertConverted(t, ada, id)
  })

  await t.test('jobs wait while there is no converter, and three share them', async () => {
    await scale('converter', 0)
    const ada = await login({ gatewayUrl })
    const jobs = await uploadAll(ada, Array(6).fill(shortVideo))
    for (const { id } of jobs) assert.equal((await ada.job(id)).state, 'waiting')
    await scale('converter', 3)
    for (const { id } of jobs) await assertConverted(t, ada, id)
    await scale('converter', 1)
  })

  await t.test("the broker's pod is deleted while jobs wait, and none is lost", async () => {
    await scale('converter', 0)
    const ada = await login({ gatewayUrl })
    const jobs = await uploadAll(ada, Array(5).fill(shortVideo))
    await replaceServer('rabbitmq')
    await scale('converter', 1)
    for (const { id } of jobs) await assertConverted(t, ada, id)
  })

  for (const server of servers)
    await t.test(`the pod of ${server} is deleted during a conversion`, async () => {
      const ada = await login({ gatewayUrl })
      const { id } = await ada.upload(longVideo)
      await ada.untilProgress(id, 5)
      await replaceServer(server)
      await assertConverted(t, ada, id)
      // The data are still there: the user can log in, and the file can be downloaded.
      const again = await untilAnswered(() =>
        curl('-X', 'POST', `${gatewayUrl}/login`, '-u', `${ada.email}:Correct-horse-9`),
      )
      assert.equal(again.status, 200, again.body)
    })

  await t.test('without a gateway nobody gets in, and with it everything is there again', async () => {
    const ada = await login({ gatewayUrl })
    const { id } = await ada.upload(shortVideo)
    await scale('gateway', 0)
    try {
      assert.ok([404, 502, 503].includes((await curl(`${gatewayUrl}/healthz`)).status))
    } finally {
      await scale('gateway', 1)
    }
    await untilAnswered(() => curl(`${gatewayUrl}/healthz`))
    await assertConverted(t, ada, id)
  })

  await t.test('a new version of the gateway rolls out without a request that fails', async () => {
    const ada = await login({ gatewayUrl })
    const rollout = new AbortController()
    const asking = askUntil(rollout.signal, () => ada.ask('/jobs'))
    await kubectl('rollout', 'restart', 'deployment/gateway')
    await untilRolledOut('deployment/gateway')
    rollout.abort()
    const statuses = await asking
    assert.ok(statuses.length > 10, `only ${statuses.length} requests`)
    assert.deepEqual([...new Set(statuses)], [200])
  })
})

async function uploadAll(user: Session, files: string[]): Promise<Job[]> {
  const jobs: Job[] = []
  for (const file of files) jobs.push(await user.upload(file))
  return jobs
}

async function assertConverted(t: TestContext, user: Session, id: string): Promise<void> {
  const job = await user.untilState(id, 'completed', 'failed')
  assert.equal(job.error, undefined)
  assert.equal(job.state, 'completed')
  assert.equal(await audioFilesOf(t, id), 1)
}

async function attemptsOf(user: Session, id: string): Promise<number> {
  return JSON.parse((await user.ask(`/jobs/${id}`)).body).attemptsMade
}

/** Asks until the service answers; until then the ingress answers in its place. */
async function untilAnswered(ask: () => ReturnType<typeof curl>): ReturnType<typeof curl> {
  return await until(async () => {
    const answer = await ask()
    return ![404, 502, 503].includes(answer.status) && answer
  }, 300_000)
}

async function askUntil(signal: AbortSignal, ask: () => ReturnType<typeof curl>): Promise<number[]> {
  const statuses: number[] = []
  while (!signal.aborted) statuses.push((await ask()).status)
  return statuses
}

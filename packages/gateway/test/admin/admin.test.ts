import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import {
  accountMail,
  convertVideo,
  type DeadLetterPage,
  type DeadLettersOfJob,
  type FailureList,
  type JobView,
  jobIdOfVideo,
  operatedQueueNames,
  type QueueList,
  type StorageView,
  storageUpkeep,
  type UsageList,
  videoIdOfJob,
} from '@jackalope/contracts'
import { publicEndpoints } from '@jackalope/contracts/api'
import { until } from '@jackalope/local-servers/testing'
import { UnrecoverableError } from '@jackalope/worker-kit'
import { storeResult, uploaded } from '../support/conversions.ts'
import { startStandInAuth } from '../support/stand-in-auth.ts'
import { signToken, startTestGateway } from '../support/test-gateway.ts'

const timeout = 60_000
const root = randomUUID()
const ada = randomUUID()

/** A gateway, and requests by an admin. */
async function setup(t: TestContext, admins: readonly string[] = [root]) {
  const auth = await startStandInAuth(t, admins)
  const gateway = await startTestGateway(t, { AUTH_URL: auth.url })
  const authorization = `Bearer ${signToken(root, { roles: ['user', 'admin'] })}`
  const ask = (method: string, path: string) =>
    fetch(gateway.url + path, { method, headers: { Authorization: authorization } })
  return {
    ...gateway,
    gateway,
    operations: auth.operations,
    ask,
    async get<Body>(path: string): Promise<Body> {
      const response = await ask('GET', path)
      assert.equal(response.status, 200, `${path}: ${await response.clone().text()}`)
      assert.equal(response.headers.get('cache-control'), 'no-store')
      return (await response.json()) as Body
    },
    async jobOf(id: string): Promise<JobView> {
      return (await (await gateway.request(`/jobs/${id}`, { user: ada })).json()) as JobView
    },
  }
}

test('operators see queues with workers and what they run, and deal with dead letters; all is recorded', {
  timeout,
}, async t => {
  const { gateway, kit, get, ask, operations, jobOf, videos } = await setup(t)
  const failing = await uploaded(gateway, ada, 'broken.mp4')
  const release = Promise.withResolvers<void>()
  const secret = 'no mailbox ada@example.com'
  let isBroken = true
  kit.work(
    convertVideo,
    async ({ data }) => {
      if (isBroken) {
        await videos.claimMetadata(data.videoId, 'end0', {
          ...{ state: 'failed', error: 'The file has no audio track.', attemptsMade: 1 },
          explanation: { code: 'no-audio-track', params: {} },
          finishedAt: new Date().toISOString(),
        })
        throw new UnrecoverableError(secret)
      }
      await release.promise
      return await storeResult(gateway, jobIdOfVideo(data.videoId))
    },
    { name: 'host:1' },
  )
  const letters = await until(async () => {
    const page = await get<DeadLetterPage>('/admin/dead-letters?queue=video.convert')
    return page.total > 0 && page
  })
  assert.deepEqual(
    letters.letters.map(({ id, kind, reason, status, ownerId, copies }) => [
      id,
      kind,
      reason,
      status,
      ownerId,
      copies,
    ]),
    [[failing, 'job', 'no mailbox [hidden]', 'failed', ada, 1]],
  )
  const path = `/admin/dead-letters/video.convert/${failing}`
  const { letters: details } = await get<DeadLettersOfJob>(path)
  assert.equal(details.length, 1)
  assert.deepEqual(Object(details[0]?.data).fileName, 'broken.mp4')
  assert.equal(details[0]?.worker, 'host:1')
  assert.doesNotMatch(JSON.stringify(details), /example\.com/)
  assert.match(details[0]?.stacktraces.join() ?? '', /no mailbox \[hidden\]/)

  // Two waiting jobs, one that runs, and the replay of the first as a new round.
  isBroken = false
  const replay = await ask('POST', `${path}/replay`)
  assert.deepEqual([replay.status, await replay.json()], [200, { outcome: 'retried' }])
  const queue = await until(async () => {
    const { queues } = await get<QueueList>('/admin/queues')
    return queues.find(({ name, running }) => name === 'video.convert' && running?.length === 1)
  })
  assert.deepEqual(queue.unreadable, [])
  assert.deepEqual(
    [
      queue.jobs?.active,
      queue.jobs?.failed,
      queue.deadLetters,
      queue.broker?.ready,
      queue.unrecorded,
      queue.paused,
    ],
    [1, 0, 0, 0, 0, false],
  )
  assert.deepEqual([queue.running?.[0]?.id, queue.running?.[0]?.worker], [failing, 'host:1'])
  assert.deepEqual(
    queue.workers?.map(({ name }) => name),
    ['host:1'],
  )
  assert.equal((await jobOf(failing)).state, 'active', 'a new round hides the end of the last one')
  const waiting = await uploaded(gateway, ada)
  const { queues } = await get<QueueList>('/admin/queues')
  assert.equal(queues.length, operatedQueueNames.length)
  const others = queues.filter(({ name }) => name === 'audio.ready')
  assert.match(others[0]?.unreadable.join() ?? '', /^broker: there is no such queue yet$/)
  const oldest = queues.find(({ name }) => name === 'video.convert')?.oldestWaitingAt
  assert.ok(oldest && Math.abs(Date.parse(oldest) - Date.now()) < 30_000)
  release.resolve()
  for (const id of [failing, waiting]) await until(async () => (await jobOf(id)).state === 'completed')
  assert.equal((await get<DeadLetterPage>('/admin/dead-letters?queue=video.convert')).total, 0)

  // Jobs of another service's queue.
  const mails = kit.queue(accountMail)
  const runs: string[] = []
  kit.work(accountMail, async ({ data }) => {
    runs.push(data.mailId)
    if (runs.filter(id => id === data.mailId).length === 1) throw new UnrecoverableError('refused')
    return { sent: false as const, reason: 'none' }
  })
  for (const mailId of ['m1', 'm2']) await mails.add({ mailId }, { jobId: mailId })
  const dead = '/admin/dead-letters?queue=account.mail'
  await until(async () => (await get<DeadLetterPage>(dead)).total === 2)
  const one = '/admin/dead-letters/account.mail'
  assert.deepEqual(await (await ask('POST', `${one}/m1/replay`)).json(), { outcome: 'retried' })
  assert.equal((await ask('POST', `${one}/m1/replay`)).status, 404)
  assert.equal((await ask('DELETE', `${one}/m2`)).status, 204)
  assert.equal((await ask('DELETE', `${one}/m2`)).status, 404)
  await until(async () => runs.length === 3)
  assert.deepEqual([runs[2], (await get<DeadLetterPage>(dead)).total], ['m1', 0])

  assert.deepEqual(
    operations.map(({ action, actorId, detail }) => [action, actorId, detail]),
    [
      ['dead-letter-replayed', root, { queue: 'video.convert', id: failing }],
      ['dead-letter-replayed', root, { queue: 'account.mail', id: 'm1' }],
      ['dead-letter-removed', root, { queue: 'account.mail', id: 'm2' }],
    ],
  )
  assert.equal(operations[0]?.clientAddress, '127.0.0.1')
})

test('operators see what is stored, what failed why, and who stores most, as the upkeep counted it', {
  timeout,
}, async t => {
  const { gateway, get, ask, operations, videos } = await setup(t)
  const [failed, done] = [await uploaded(gateway, ada, 'silent.mp4'), await uploaded(gateway, ada)]
  await uploaded(gateway, ada)
  await uploaded(gateway, root)
  await storeResult(gateway, done)
  const finishedAt = new Date().toISOString()
  await videos.claimMetadata(videoIdOfJob(failed) ?? '', 'end0', {
    ...{ state: 'failed', error: 'The file has no audio track.', attemptsMade: 1, finishedAt },
    explanation: { code: 'no-audio-track', params: {} },
  })
  // Who looks at the queues before gives the jobs that he asks for no fewer attempts.
  await get<QueueList>('/admin/queues')
  const asked = await ask('POST', '/admin/storage/upkeep')
  assert.equal(asked.status, 202)
  const jobs = await gateway.kit.queue(storageUpkeep).bull.getJobs()
  assert.equal(jobs.find(({ name }) => name === 'requested')?.opts.attempts, storageUpkeep.attempts)
  assert.deepEqual(
    operations.map(({ action }) => action),
    ['upkeep-requested'],
  )
  const storage = await until(async () => {
    const view = await get<StorageView>('/admin/storage')
    return view.upkeep.runs.some(({ requested }) => requested) && view.stores[0]?.files === 4 && view
  })
  const [sources, results] = storage.stores
  assert.deepEqual([sources?.name, results?.name, results?.files], ['videos', 'audios', 1])
  assert.equal(results?.sizeBytes, 'bytes of audio'.length)
  assert.equal(storage.users, 2)
  assert.deepEqual(storage.retention, {
    ...{ sourceSeconds: 86_400, audioSeconds: 604_800, jobSeconds: null, orphanSeconds: 3_600 },
  })
  assert.deepEqual([storage.limits.maxOpenJobsPerUser, storage.upkeep.intervalSeconds], [null, 3_600])
  assert.ok(storage.upkeep.nextAt && Date.parse(storage.upkeep.nextAt) > Date.now())
  assert.equal(storage.upkeep.runs.find(({ requested }) => requested)?.report?.isComplete, true)

  const failures = await get<FailureList>('/admin/failures')
  assert.equal(failures.total, 1)
  assert.deepEqual(failures.reasons, [
    {
      ...{ code: 'no-audio-track', count: 1, lastAt: finishedAt },
      examples: [
        {
          ...{ jobId: failed, ownerId: ada, fileName: 'silent.mp4', finishedAt },
          error: 'The file has no audio track.',
        },
      ],
    },
  ])
  assert.deepEqual(failures.days, [{ day: finishedAt.slice(0, 10), count: 1 }])

  const first = await get<UsageList>('/admin/usage?limit=1')
  assert.deepEqual(
    first.users.map(({ userId, files, openJobs }) => [userId, files, openJobs]),
    [[ada, 4, 1]],
  )
  const second = await get<UsageList>(first.next ?? '')
  assert.deepEqual(
    second.users.map(({ userId }) => userId),
    [root],
  )
  assert.equal(second.next, undefined)
  const named = await get<UsageList>(`/admin/usage?users=${root},${randomUUID()}`)
  assert.deepEqual(
    named.users.map(({ files, openJobs }) => [files, openJobs]),
    [
      [1, 1],
      [0, 0],
    ],
  )
})

test('nobody but admins gets at any of it, and nothing is done that cannot be recorded', {
  timeout,
}, async t => {
  const { gateway, ask, operations } = await setup(t, [])
  const endpoints = publicEndpoints.filter(({ path }) =>
    /^\/admin\/(queues|dead|storage|failures|usage)/.test(path),
  )
  assert.equal(endpoints.length, 9)
  const others = {
    user: signToken(ada),
    guest: signToken(ada, { roles: ['guest'] }),
    key: signToken(root, { roles: ['user', 'admin'], scope: 'jobs:read jobs:write files:read' }),
  }
  for (const { method, path } of endpoints) {
    const url = gateway.url + path.replace('{queue}', 'video.convert').replace('{id}', 'v-1')
    assert.equal((await fetch(url, { method })).status, 401, path)
    for (const [who, token] of Object.entries(others)) {
      const response = await fetch(url, { method, headers: { Authorization: `Bearer ${token}` } })
      assert.equal(response.status, 403, `${who}: ${method} ${path}`)
    }
  }
  // An admin who is none any more; his access token does not know it yet.
  assert.equal((await ask('POST', '/admin/storage/upkeep')).status, 403)
  assert.deepEqual(operations, [])
  for (const wrong of ['?queue=other', '', '?queue=video.convert&limit=0', '?queue=video.convert&offset=-1'])
    assert.equal((await ask('GET', `/admin/dead-letters${wrong}`)).status, 400, wrong)
  assert.equal((await ask('GET', '/admin/dead-letters/other/1')).status, 404)
  assert.equal((await ask('GET', '/admin/dead-letters/video.convert/none')).status, 404)
})

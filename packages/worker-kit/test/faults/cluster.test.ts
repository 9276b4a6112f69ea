import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { RabbitmqCluster, RabbitmqServer } from '@jackalope/local-servers'
import { until } from '@jackalope/local-servers/testing'
import { connect } from 'amqplib'
import type { Queue } from 'bullmq'
import { nameOf, replicasOf, startCluster } from '../support/cluster.ts'
import { Ledger } from '../support/ledger.ts'
import { setup } from '../support/setup.ts'
import { startWorkerProcess } from '../support/worker-process.ts'

/** Jobs that must be added, and run, while a node is away. */
const MEANWHILE = 300

test('R3, R4: a cluster of three loses its leader, and then its minority, under load, and no job', async t => {
  const cluster = await startCluster(t)

  await t.test('the leader of the queue is killed', async t => {
    await underLoad(t, cluster, async ({ leader, survivor, runMore, isWhole }) => {
      await leader.kill()
      await runMore()
      const { leader: next, members, online } = await isWhole(survivor, false)
      assert.notEqual(next, leader)
      assert.deepEqual([members, online], [3, 2])
      await leader.start()
      await isWhole(survivor, true)
    })
  })

  await t.test('the leader of the queue is cut off from the other nodes', async t => {
    await underLoad(t, cluster, async ({ leader, survivor, runMore, isWhole }) => {
      await cluster.cutOff(leader)
      await runMore()
      const { leader: next, online } = await isWhole(survivor, false)
      assert.notEqual(next, leader)
      assert.equal(online, 2)
      // It lives, and has sent its clients away.
      assert.equal((await leader.control('eval', 'node().')).trim(), `${nameOf(leader)}@localhost`)
      await assert.rejects(connect(leader.url), /ECONNREFUSED/)
      await cluster.heal()
      await isWhole(survivor, true)
    })
  })
})

interface Load {
  leader: RabbitmqServer
  /** Another node. */
  survivor: RabbitmqServer
  /** Resolves when so many jobs more have been added and have run. */
  runMore(): Promise<void>
  /** Waits until the queue is on all its nodes, or not; gives where it is. */
  isWhole(seenBy: RabbitmqServer, wanted: boolean): ReturnType<typeof replicasOf>
}

/** Does something while two producers add and two workers run; one of each is connected to the leader at first. */
async function underLoad(
  t: TestContext,
  cluster: RabbitmqCluster,
  meddle: (load: Load) => Promise<void>,
): Promise<void> {
  const [anyNode] = cluster.nodes as [RabbitmqServer]
  const { queue, prefix, name, amqpQueue } = setup(
    t,
    undefined,
    cluster.nodes.map(({ url }) => url),
  )
  const ledger = new Ledger()
  await ledger.add(queue(), 'slow', 1)
  const { leader, members, online } = await replicasOf(cluster, amqpQueue, anyNode)
  assert.deepEqual([members, online], [3, 3], 'the queue has a replica on each node')
  const others = cluster.nodes.filter(node => node !== leader)
  const survivor = others[0] as RabbitmqServer
  const urls = [leader, ...others].map(({ url }) => url)

  const stopping = new AbortController()
  const producers = [urls, urls.toReversed()].map(url => queue({ backend: { url } }))
  const adding = producers.map(jobs => addUntil(stopping.signal, ledger, jobs))
  const workers = [urls, urls.toReversed()].map(amqpUrl =>
    startWorkerProcess(t, ledger, { prefix, name, amqpUrl, concurrency: 5 }),
  )
  await Promise.all(workers.map(worker => worker.untilSaid(/^started /, 20)))

  await meddle({
    leader,
    survivor,
    runMore: () => ledger.untilRan(ledger.runs.size + MEANWHILE),
    async isWhole(seenBy, wanted) {
      let replicas = await replicasOf(cluster, amqpQueue, seenBy)
      await until(async () => {
        replicas = await replicasOf(cluster, amqpQueue, seenBy)
        return (replicas.online === 3) === wanted
      }, 60_000)
      return replicas
    },
  })
  await ledger.untilRan(ledger.runs.size + MEANWHILE)
  stopping.abort()
  await Promise.all(adding)
  while (ledger.lost.length > 0) await ledger.untilRuns(ledger.runCount + 1)
  for (const worker of workers) worker.process.kill('SIGTERM')
  await Promise.all(workers.map(({ ended }) => ended))
  t.diagnostic(String(ledger))
  assert.deepEqual([ledger.lost, ledger.ranTwice], [[], []])
}

/** Adds jobs as fast as they run, with some to spare. */
async function addUntil(signal: AbortSignal, ledger: Ledger, jobs: Queue): Promise<void> {
  while (!signal.aborted) {
    await ledger.add(jobs, 'slow', 20)
    await ledger.untilRan(ledger.confirmedCount - 200)
  }
}

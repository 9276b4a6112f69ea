import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { BlobStoreKind } from '../../packages/blob-store/src/index.ts'
import { makeLongVideo, temporaryFolder, until } from '../../packages/local-servers/src/testing/index.ts'
import { curl } from '../support/curl.ts'
import { login, type Session } from '../support/session.ts'
import { type ServerName, startTestSystem, type TestSystem, testedStores } from '../support/system.ts'

const OUTAGE_MS = 20_000

const serverNames: readonly ServerName[] = ['rabbitmq', 'redis', 'mariadb', 'blobs']

/** Requests that cannot be answered without that server. */
const questions: Record<
  ServerName,
  ((system: TestSystem, user: Session, jobId: string) => Promise<Asked>)[]
> = {
  rabbitmq: [({ gatewayUrl }) => curl(`${gatewayUrl}/readyz`)],
  redis: [(_, user, id) => user.ask(`/jobs/${id}`), ({ gatewayUrl }) => curl(`${gatewayUrl}/readyz`)],
  mariadb: [({ gatewayUrl }, user) => curl('-X', 'POST', '-u', `${user.email}:x`, `${gatewayUrl}/login`)],
  blobs: [(_, user) => user.ask('/jobs'), (_, user, id) => user.ask(`/jobs/${id}/audio`)],
}

interface Asked {
  status: number
  headers: Record<string, string>
  body: string
}

// Only the store of blobs differs between the runs: the other servers are stopped in the first run alone.
for (const [store, stopped] of testedStores.map(
  (store, number) => [store, number === 0 ? serverNames : (['blobs'] as const)] as const,
))
  test(`each taken away for 20 s in the middle of a conversion, with files in ${store}`, t =>
    survive(t, store, stopped))

async function survive(t: TestContext, store: BlobStoreKind, stopped: readonly ServerName[]): Promise<void> {
  const system = await startTestSystem(t, store)
  const folder = await temporaryFolder(t)
  const video = await makeLongVideo(join(folder, 'long.mkv'), 15)

  for (const name of stopped) {
    await t.test(`${name}: the API says 503 meanwhile, and the job ends`, async () => {
      await untilReady(system)
      const user = await login(system)
      const { id } = await user.upload(video)
      await user.untilProgress(id, 10)
      await system.servers[name].stop()
      const outage = delay(OUTAGE_MS)
      for (const ask of questions[name]) {
        const asked = await ask(system, user, id)
        assert.equal(asked.status, 503, asked.body)
        assert.ok(
          Number(asked.headers['retry-after']) > 0 || name === 'rabbitmq' || asked.body.includes('checks'),
        )
      }
      await outage
      await system.servers[name].start()
      const job = await user.untilState(id, 'completed', 'failed')
      assert.equal(job.error, undefined)
      assert.equal(job.state, 'completed')
    })
  }
}

/** Waits until the gateway is ready: connections are restored within seconds of a server's return. */
async function untilReady({ gatewayUrl }: TestSystem): Promise<void> {
  await until(async () => (await curl(`${gatewayUrl}/readyz`)).status === 200)
}

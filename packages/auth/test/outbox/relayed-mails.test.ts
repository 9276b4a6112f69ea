import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it, type TestContext } from 'node:test'
import { accountMail, eraseAccount } from '@jackalope/contracts'
import { amqpUrl, onEnd, proxyTo, redisUrl, removeQueues, until } from '@jackalope/local-servers/testing'
import { connect } from '@jackalope/worker-kit'
import { startMailingAuth } from '../support/accounts.ts'
import { ada } from '../support/test-auth.ts'

async function setup(t: TestContext) {
  const prefix = `test-${randomUUID()}`
  onEnd(t, () => removeQueues(prefix, [accountMail.name, eraseAccount.name]))
  const kit = await connect({ amqpUrl: amqpUrl(), redisUrl: redisUrl(), prefix })
  onEnd(t, () => kit.close())
  const broker = await proxyTo(t, amqpUrl())
  const start = () => startMailingAuth(t, { prefix, AMQP_URL: [broker.url], REDIS_URL: redisUrl() })
  return { kit, broker, start }
}

describe('auth', () => {
  it('has its mails and erasures done by other services', async t => {
    const { kit, start } = await setup(t)
    const mailIds: string[] = []
    const erased: string[] = []
    kit.work(accountMail, async ({ data }) => {
      mailIds.push(data.mailId)
      return { sent: false as const, reason: 'test' }
    })
    kit.work(eraseAccount, async ({ data }) => {
      erased.push(data.userId)
      return { jobs: 0, files: 0 }
    })
    const auth = await start()
    const { id } = await auth.verified()
    await until(async () => mailIds.length === 1)
    assert.equal((await auth.mailsTo(ada.email))[0], undefined)
    await auth.call('DELETE', '/account', { token: await auth.tokenOf(), body: { password: ada.password } })
    await until(async () => erased.length === 1 && mailIds.length === 2)
    assert.deepEqual(erased, [id])
    const [last] = await auth.mailsTo(ada.email)
    assert.deepEqual([last?.kind, last?.id], ['account-deleted', mailIds[1]])
  })

  it('registers, logs in and is ready while RabbitMQ is away, and its mails come when it is back', async t => {
    const { kit, broker, start } = await setup(t)
    await broker.cut()
    const auth = await start()
    await auth.verified()
    assert.equal((await auth.login(ada.email, ada.password)).status, 200)
    const ready = await auth.get('/readyz')
    assert.equal(ready.status, 200)
    assert.deepEqual(await ready.json(), {
      status: 'ready',
      checks: { mysql: 'up' },
      optional: { jobs: 'down' },
    })
    const jobs = await auth.jobs()
    assert.equal(jobs.length, 1)
    await broker.restore()
    await until(async () => (await auth.jobs()).length === 0)
    const { promise: mailId, resolve } = Promise.withResolvers<string>()
    kit.work(accountMail, async ({ data }) => {
      resolve(data.mailId)
      return { sent: false as const, reason: 'test' }
    })
    assert.deepEqual(jobs[0]?.payload, { mailId: await mailId })
  })
})

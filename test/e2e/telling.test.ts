import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { listen, makeVideo, temporaryFolder, until } from '../../packages/local-servers/src/testing/index.ts'
import { login, type Session } from '../support/session.ts'
import { startTestSystem } from '../support/system.ts'

interface Received {
  id: string
  type: string
  jobId: string
}

/** A receiver that verifies what it gets, and takes a while to answer. */
async function startReceiver(t: TestContext, ada: Session) {
  const received: Received[] = []
  let verify: (body: string, headers: Record<string, string>) => unknown = () => assert.fail('no secret yet')
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const headers = request.headers as Record<string, string>
    const event = verify(Buffer.concat(chunks).toString(), headers) as {
      type: string
      data: { jobId: string }
    }
    received.push({ id: headers['webhook-id'] ?? '', type: event.type, jobId: event.data.jobId })
    setTimeout(() => response.writeHead(204).end(), 300)
  })
  const url = await listen(t, server)
  const json = ['-X', 'POST', '-H', 'Content-Type: application/json']
  const created = await ada.ask('/account/webhooks', ...json, '-d', JSON.stringify({ url }))
  assert.equal(created.status, 201, created.body)
  const { id, secret } = JSON.parse(created.body)
  verify = (body, headers) => new Webhook(secret).verify(body, headers)
  const count = (jobId: string) => received.filter(event => event.jobId === jobId).length
  return { received, count, webhookId: String(id) }
}

test('each end of a job is told by webhook and mail, at least once, and once more at most when the notifier is killed', async t => {
  const system = await startTestSystem(t, 'disk', 'on', { WEBHOOK_ALLOWED_NETWORKS: 'loopback' })
  const folder = await temporaryFolder(t)
  const ada = await login(system)
  const { received, count, webhookId } = await startReceiver(t, ada)
  const video = await makeVideo(join(folder, 'song.mp4'), 1)
  const broken = join(folder, 'broken.mp4')
  await writeFile(broken, 'this is no video')
  const mailsAbout = async (jobId: string) =>
    (await system.mails()).map(messageIdOf).filter(messageId => messageId.includes(jobId))

  const first = [await ada.upload(video), await ada.upload(broken)].map(({ id }) => id)
  await until(async () => first.every(id => count(id) > 0))
  await until(async () => (await Promise.all(first.map(mailsAbout))).every(mails => mails.length > 0))
  const types = received.map(({ type }) => type).toSorted()
  assert.deepEqual(types, ['job.completed', 'job.failed'])

  const isDone = async (deliveries: number) => {
    const answer = await ada.ask(`/account/webhooks/${webhookId}/deliveries?limit=100`)
    const listed = (JSON.parse(answer.body) as { deliveries: { state: string }[] }).deliveries
    return listed.length === deliveries && listed.every(({ state }) => state === 'delivered')
  }
  let twice = 0
  for (let round = 1; round <= 3; round += 1) {
    const before = received.length
    const jobs: string[] = []
    for (const file of [video, broken]) jobs.push((await ada.upload(file)).id)
    // The receiver has an event, and the notifier does not know that yet.
    await until(async () => received.length > before)
    await system.services.notifier.kill()
    await system.services.notifier.start()
    await until(async () => (await Promise.all(jobs.map(mailsAbout))).every(mails => mails.length > 0))
    await until(() => isDone(first.length + 2 * round))
    for (const id of jobs) {
      const events = received.filter(({ jobId }) => jobId === id)
      assert.ok(events.length <= 2, `${id} was told ${events.length} times`)
      assert.equal(new Set(events.map(event => event.id)).size, 1)
      const mails = await mailsAbout(id)
      assert.ok(mails.length <= 2, `${id} was mailed ${mails.length} times`)
      assert.equal(new Set(mails).size, 1)
      twice += events.length - 1
    }
  }
  // So the kills came at the moment that is meant.
  assert.ok(twice > 0)
})

function messageIdOf(mail: string): string {
  const [, id = ''] = /^Message-ID:\s+(\S+)/im.exec(mail) ?? []
  return id
}

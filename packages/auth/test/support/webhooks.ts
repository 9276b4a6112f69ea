import assert from 'node:assert/strict'
import {
  attemptVerdict,
  type CreatedWebhook,
  createdWebhook,
  type DeliveryView,
  deliveryDetails,
  deliveryList,
  deliveryView,
  type WebhookNews,
  webhookParcel,
  webhookView,
} from '@jackalope/contracts'
import type { CleanUpOwner } from '@jackalope/local-servers/testing'
import { startMailingAuth } from './accounts.ts'
import { serviceToken, type TestAuthOptions } from './test-auth.ts'

/** Auth with a verified user who is logged in, and what she and the notifier do with webhooks. */
export async function startWebhookAuth(owner: CleanUpOwner, options: TestAuthOptions = {}) {
  const auth = await startMailingAuth(owner, options)
  const user = await auth.verified()
  const token = await auth.tokenOf()
  const call = (method: string, path: string, body?: unknown) =>
    auth.call(method, `/account/webhooks${path}`, { token, body })
  const internal = (method: string, path: string, body?: unknown) =>
    auth.call(method, `/internal${path}`, { token: serviceToken, body })
  return {
    ...{ auth, user, token, call, internal },
    async create(body: object = {}): Promise<CreatedWebhook> {
      const response = await call('POST', '', { url: 'https://hooks.example.com/jobs?key=k', ...body })
      assert.equal(response.status, 201)
      return createdWebhook.strict().parse(await response.json())
    },
    async view(id: string) {
      return webhookView.strict().parse(await (await call('GET', `/${id}`)).json())
    },
    /** What the notifier does when a job has ended. */
    async record(changes: Partial<WebhookNews> = {}): Promise<number> {
      const response = await internal('POST', '/webhook-events', {
        ...{ id: 'msg_1', userId: user.id, type: 'job.completed', data: { jobId: 'v-1' } },
        occurredAt: '2026-11-30T01:00:00.000Z',
        ...changes,
      })
      assert.equal(response.status, 200)
      return ((await response.json()) as { deliveries: number }).deliveries
    },
    async deliveries(id: string, query = ''): Promise<DeliveryView[]> {
      const response = await call('GET', `/${id}/deliveries${query}`)
      assert.equal(response.status, 200)
      return deliveryList.strict().parse(await response.json()).deliveries
    },
    async details(id: string, deliveryId: string) {
      const response = await call('GET', `/${id}/deliveries/${deliveryId}`)
      assert.equal(response.status, 200)
      return deliveryDetails.strict().parse(await response.json())
    },
    async parcel(id: string, round = 1) {
      const response = await internal('GET', `/webhook-deliveries/${id}?round=${round}`)
      return response.status === 200 ? webhookParcel.strict().parse(await response.json()) : response.status
    },
    async report(id: string, attempt: object) {
      const response = await internal('POST', `/webhook-deliveries/${id}/attempts`, {
        ...{ round: 1, at: new Date().toISOString(), durationMs: 12, isLast: false },
        ...attempt,
      })
      assert.equal(response.status, 200)
      return attemptVerdict.strict().parse(await response.json()).state
    },
    async started(response: Response): Promise<DeliveryView> {
      assert.equal(response.status, 202)
      return deliveryView.strict().parse(await response.json())
    },
    /** The rounds of deliveries whose jobs are in the outbox. */
    jobs: async () =>
      (await auth.jobs()).filter(({ name }) => name === 'webhook.deliver').map(job => job.payload),
  }
}

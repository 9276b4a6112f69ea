/** Which deliveries are listed; empty members are all. */
export interface DeliveryFilter {
  state: '' | 'pending' | 'delivered' | 'failed'
  type: '' | 'job.completed' | 'job.failed' | 'job.canceled' | 'webhook.test'
}

/** Path and query of the first page of a webhook's deliveries. */
export function deliveriesPath(webhookId: string, { state, type }: DeliveryFilter): string {
  const query = new URLSearchParams({ limit: '25' })
  if (state) query.set('state', state)
  if (type) query.set('type', type)
  return `/account/webhooks/${encodeURIComponent(webhookId)}/deliveries?${query}`
}

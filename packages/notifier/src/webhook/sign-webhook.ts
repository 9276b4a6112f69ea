import { createHmac } from 'node:crypto'

/** What a receiver verifies (Standard Webhooks 1.0.0, "Signature scheme"). */
export interface SignedContent {
  /** Id of the event. */
  id: string
  sentAt: Date
  body: string
}

/** Headers of a webhook's request. There is one signature for each secret, the current one first: receivers accept any.
 *  @param secrets - `whsec_` and a key in base64 */
export function signatureHeaders(
  { id, sentAt, body }: SignedContent,
  secrets: readonly string[],
): Record<string, string> {
  const timestamp = String(Math.floor(sentAt.getTime() / 1_000))
  const signatures = secrets.map(secret => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}

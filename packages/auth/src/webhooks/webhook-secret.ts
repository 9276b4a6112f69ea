import { randomBytes } from 'node:crypto'

/** A new key of signatures, written as Standard Webhooks does: `whsec_` and 256 random bits in base64. */
export function makeWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

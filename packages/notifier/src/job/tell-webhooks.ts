import { createHash } from 'node:crypto'
import type { WebhookEvent } from '@jackalope/contracts'
import type { WebhookDirectory } from '../auth/webhook-directory.ts'

/** The end of a conversion, for the webhooks of its owner. */
export interface JobEnd {
  type: WebhookEvent
  ownerId: string
  /** Names this end; the same whenever it is told. */
  name: string
  /** Since when it is known. */
  at: Date
  /** What receivers get, besides the kind of event. */
  data: Record<string, unknown>
}

/** Has the owner's endpoints told of the end of a job, once: the event's id is made of its name.
 *  @throws {NotifierError} as `WebhookDirectory.tell` */
export async function tellWebhooks(
  directory: Pick<WebhookDirectory, 'tell'>,
  { type, ownerId: userId, name, at, data }: JobEnd,
  signal: AbortSignal,
): Promise<void> {
  await directory.tell({ id: eventId(name), userId, type, occurredAt: at.toISOString(), data }, signal)
}

function eventId(name: string): string {
  return `msg_${createHash('sha256').update(name).digest('base64url').slice(0, 32)}`
}

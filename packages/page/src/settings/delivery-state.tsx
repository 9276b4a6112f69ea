import type { Answer } from '../api/answer.ts'
import { webhookTexts } from './webhook-texts.ts'

export type Delivery = Answer<'listDeliveries'>['deliveries'][number]

/** Whether a delivery has arrived, in a word. */
export function DeliveryState({ of: { state } }: { of: Pick<Delivery, 'state'> }) {
  const kind = { pending: '', delivered: 'good', failed: 'bad' }[state]
  return <span class={`tag ${kind}`}>{webhookTexts().deliveries.states[state]}</span>
}

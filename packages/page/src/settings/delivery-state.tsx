import { type Explanation, textOf } from '@jackalope/contracts/explanations'
import type { Answer } from '../api/answer.ts'
import { language } from '../texts/language.ts'
import { webhookTexts } from './webhook-texts.ts'

export type Delivery = Answer<'listDeliveries'>['deliveries'][number]

/** Whether a delivery has arrived, in a word. */
export function DeliveryState({ of: { state } }: { of: Pick<Delivery, 'state'> }) {
  const kind = { pending: '', delivered: 'good', failed: 'bad' }[state]
  return <span class={`tag ${kind}`}>{webhookTexts().deliveries.states[state]}</span>
}

/** Why an attempt failed, in the language of the page; what an earlier version has stored stays as it is. */
export function describeFailure(error: string | undefined, explanation: Explanation | undefined) {
  return (explanation && textOf(explanation, language.value)) ?? error
}

import type { Answer } from '../api/answer.ts'
import { webhookTexts } from './webhook-texts.ts'

export type Webhook = Answer<'getWebhook'>

export const webhookEvents = ['job.completed', 'job.failed', 'job.canceled'] as const

/** Whether a webhook is on, fails, or is off, in a word. */
export function WebhookState({ webhook: { enabled, failingSince } }: { webhook: Webhook }) {
  const texts = webhookTexts().webhooks
  if (!enabled) return <span class="tag bad">{texts.stateOff}</span>
  if (failingSince) return <span class="tag warning">{texts.stateFailing}</span>
  return <span class="tag good">{texts.stateOn}</span>
}

import { FormChecks, FormField } from '../look/form-fields.tsx'
import { problemTexts } from '../problems/problem-texts.ts'
import { type Webhook, webhookEvents } from './webhook-state.tsx'
import { webhookTexts } from './webhook-texts.ts'

/** Fields of a webhook: where events are sent, which ones, and what it is for.
 *  @param of - the webhook that is changed; none if it is new */
export function WebhookFields({ of: webhook }: { of?: Webhook }) {
  const texts = webhookTexts().webhooks
  return (
    <>
      <FormField
        name="url"
        label={texts.url}
        hint={texts.urlHint}
        type="url"
        inputMode="url"
        autocomplete="off"
        placeholder="https://example.com/hook"
        defaultValue={webhook?.url}
        required
        maxLength={2000}
      />
      <FormField
        name="description"
        label={texts.description}
        hint={texts.descriptionHint}
        autocomplete="off"
        defaultValue={webhook?.description}
        maxLength={200}
      />
      <FormChecks
        name="events"
        label={texts.events}
        initial={webhook?.events ?? webhookEvents}
        options={webhookEvents.map(event => ({ value: event, text: texts.eventNames[event], hint: event }))}
      />
    </>
  )
}

export function readWebhookFields(values: FormData) {
  return {
    url: String(values.get('url')).trim(),
    description: String(values.get('description')).trim(),
    events: webhookEvents.filter(event => values.getAll('events').includes(event)),
  }
}

/** The browser does not see that no event is ticked. */
export function checkWebhookFields(values: FormData): Record<string, string> {
  return values.has('events') ? {} : { events: problemTexts().fields.atLeastOne }
}

import { useSignal } from '@preact/signals'
import { api, dataOf } from '../api/client.ts'
import { announce } from '../app/announce.tsx'
import { Form } from '../look/form.tsx'
import { useForm } from '../look/use-form.ts'
import { settingsTexts } from './settings-texts.ts'
import { checkWebhookFields, readWebhookFields, WebhookFields } from './webhook-fields.tsx'
import type { Webhook } from './webhook-state.tsx'
import { webhookTexts } from './webhook-texts.ts'

interface WebhookChangeProps {
  webhook: Webhook
  onChange: (webhook: Webhook) => void
}

/** Changes the address of a webhook, its events, and what it is for. */
export function WebhookChange({ webhook, onChange }: WebhookChangeProps) {
  const { settings } = settingsTexts()
  const texts = webhookTexts().webhooks
  const isSaved = useSignal(false)
  const form = useForm(
    async values => {
      isSaved.value = false
      const call = { params: { path: { id: webhook.id } }, body: readWebhookFields(values) }
      onChange(await dataOf(api.PATCH('/account/webhooks/{id}', call)))
      isSaved.value = true
      announce(settings.saved)
    },
    { check: checkWebhookFields },
  )
  return (
    <details class="folded">
      <summary>{texts.edit}</summary>
      <Form
        form={form}
        label={texts.edit}
        submit={settings.save}
        actions={isSaved.value && <span class="soft">{settings.saved}</span>}
      >
        <WebhookFields of={webhook} />
      </Form>
    </details>
  )
}

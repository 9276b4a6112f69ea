import { useSignal } from '@preact/signals'
import type { Answer } from '../api/answer.ts'
import { api, dataOf } from '../api/client.ts'
import { Form } from '../look/form.tsx'
import { Loaded } from '../look/loaded.tsx'
import { type Column, Records } from '../look/records.tsx'
import { useForm } from '../look/use-form.ts'
import { useResource } from '../look/use-resource.ts'
import { When } from '../look/when.tsx'
import { settingsTexts } from './settings-texts.ts'
import { SettingsView } from './settings-view.tsx'
import { checkWebhookFields, readWebhookFields, WebhookFields } from './webhook-fields.tsx'
import { WebhookSecret } from './webhook-secret.tsx'
import { type Webhook, WebhookState } from './webhook-state.tsx'
import { webhookTexts } from './webhook-texts.ts'

export function Webhooks() {
  return (
    <SettingsView title={settingsTexts().settings.webhooks}>
      <p class="lead">{webhookTexts().webhooks.intro}</p>
      <WebhookList />
    </SettingsView>
  )
}

function WebhookList() {
  const texts = webhookTexts().webhooks
  const webhooks = useResource<Answer<'listWebhooks'>>(() => dataOf(api.GET('/account/webhooks')))
  const secret = useSignal<string | undefined>(undefined)
  return (
    <>
      <WebhookSecret secret={secret} />
      <Loaded from={webhooks}>
        {data =>
          data.webhooks.length === 0 ? (
            <p class="soft">{texts.empty}</p>
          ) : (
            <Records
              caption={settingsTexts().settings.webhooks}
              columns={columnsOf()}
              rows={data.webhooks}
              keyOf={({ id }) => id}
            />
          )
        }
      </Loaded>
      <NewWebhook
        onCreate={made => {
          secret.value = made
          void webhooks.reload()
        }}
      />
    </>
  )
}

function columnsOf(): Column<Webhook>[] {
  const texts = webhookTexts().webhooks
  return [
    {
      name: texts.url,
      cell: ({ id, url, description }) => (
        <>
          <a href={`/settings/webhooks/${id}`}>{url}</a>
          {description && <span class="record-note">{description}</span>}
        </>
      ),
    },
    { name: texts.state, cell: webhook => <WebhookState webhook={webhook} /> },
    { name: texts.events, cell: ({ events }) => events.map(event => texts.eventNames[event]).join(', ') },
    { name: texts.since, cell: ({ createdAt }) => <When at={createdAt} /> },
  ]
}

interface NewWebhookProps {
  /** @param secret - key of the signatures, which is shown this once */
  onCreate: (secret: string) => void
}

function NewWebhook({ onCreate }: NewWebhookProps) {
  const texts = webhookTexts().webhooks
  const form = useForm(
    async (values, element) => {
      const { secret } = await dataOf(api.POST('/account/webhooks', { body: readWebhookFields(values) }))
      element.reset()
      onCreate(secret)
    },
    { check: checkWebhookFields },
  )
  return (
    <section class="card after-list">
      <h2>{texts.createTitle}</h2>
      <Form form={form} label={texts.createTitle} submit={texts.create}>
        <WebhookFields />
      </Form>
    </section>
  )
}

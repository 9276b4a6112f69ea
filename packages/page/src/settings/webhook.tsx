import { useSignal } from '@preact/signals'
import { useRoute } from 'preact-iso/router'
import { api, dataOf } from '../api/client.ts'
import { Loaded } from '../look/loaded.tsx'
import { Notice } from '../look/notice.tsx'
import { useResource } from '../look/use-resource.ts'
import { When } from '../look/when.tsx'
import { Deliveries } from './deliveries.tsx'
import { SettingsView } from './settings-view.tsx'
import { WebhookActions } from './webhook-actions.tsx'
import { WebhookChange } from './webhook-change.tsx'
import { WebhookSecret } from './webhook-secret.tsx'
import { type Webhook as View, WebhookState } from './webhook-state.tsx'
import { webhookTexts } from './webhook-texts.ts'

/** One webhook: how it is, what can be done with it, and what was sent to it. */
export function Webhook() {
  const { id = '' } = useRoute().params
  const texts = webhookTexts().webhooks
  return (
    <SettingsView title={texts.one}>
      <p>
        <a href="/settings/webhooks">{texts.all}</a>
      </p>
      <WebhookParts key={id} id={id} />
    </SettingsView>
  )
}

function WebhookParts({ id }: { id: string }) {
  const webhook = useResource<View>(() =>
    dataOf(api.GET('/account/webhooks/{id}', { params: { path: { id } } })),
  )
  const secret = useSignal<string | undefined>(undefined)
  const sent = useSignal(0)
  return (
    <Loaded from={webhook}>
      {data => (
        <>
          <WebhookSecret secret={secret} />
          <section class="card">
            <Summary webhook={data} />
            <WebhookActions
              webhook={data}
              onChange={webhook.replace}
              onSecret={made => {
                secret.value = made
              }}
              onSent={() => {
                sent.value += 1
              }}
            />
            <WebhookChange webhook={data} onChange={webhook.replace} />
          </section>
          <Deliveries webhookId={id} isEnabled={data.enabled} sent={sent.value} />
        </>
      )}
    </Loaded>
  )
}

function Summary({ webhook }: { webhook: View }) {
  const texts = webhookTexts().webhooks
  const { url, description, events, enabled, disabledReason, failingSince, oldSecretExpiresAt, createdAt } =
    webhook
  return (
    <>
      <h2 class="address">{url}</h2>
      {!enabled && (
        <Notice kind="warning" title={texts.isOff}>
          <p>{texts.disabledBy[disabledReason ?? 'owner']}</p>
        </Notice>
      )}
      {enabled && failingSince && (
        <Notice kind="warning">
          <p>
            {texts.failingSince}: <When at={failingSince} />. {texts.failingText}
          </p>
        </Notice>
      )}
      <dl class="facts">
        {description && (
          <>
            <dt>{texts.description}</dt>
            <dd>{description}</dd>
          </>
        )}
        <dt>{texts.state}</dt>
        <dd>
          <WebhookState webhook={webhook} />
        </dd>
        <dt>{texts.events}</dt>
        <dd>{events.map(event => texts.eventNames[event]).join(', ')}</dd>
        <dt>{texts.since}</dt>
        <dd>
          <When at={createdAt} />
        </dd>
        {oldSecretExpiresAt && new Date(oldSecretExpiresAt) > new Date() && (
          <>
            <dt>{texts.oldSecret}</dt>
            <dd>
              <When at={oldSecretExpiresAt} />
            </dd>
          </>
        )}
      </dl>
    </>
  )
}

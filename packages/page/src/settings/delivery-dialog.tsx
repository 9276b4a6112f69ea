import type { Answer } from '../api/answer.ts'
import { api, dataOf } from '../api/client.ts'
import { announce } from '../app/announce.tsx'
import { Button } from '../look/button.tsx'
import { Dialog } from '../look/dialog.tsx'
import { Loaded } from '../look/loaded.tsx'
import { Source } from '../look/source.tsx'
import { useAction } from '../look/use-action.ts'
import { useResource } from '../look/use-resource.ts'
import { When } from '../look/when.tsx'
import { formatMs } from '../texts/format-amounts.ts'
import { locale } from '../texts/locale.ts'
import { type Delivery, DeliveryState, describeFailure } from './delivery-state.tsx'
import { webhookTexts } from './webhook-texts.ts'

type Details = Answer<'getDelivery'>

interface DeliveryDialogProps {
  webhookId: string
  delivery: Delivery
  isEnabled: boolean
  onReplay: () => void
  onClose: () => void
}

/** What was sent, and what became of each attempt. */
export function DeliveryDialog({ webhookId, delivery, isEnabled, onReplay, onClose }: DeliveryDialogProps) {
  const { deliveries: texts, webhooks } = webhookTexts()
  const params = { path: { id: webhookId, deliveryId: delivery.id } }
  const path = '/account/webhooks/{id}/deliveries/{deliveryId}'
  const details = useResource<Details>(() => dataOf(api.GET(path, { params })))
  const action = useAction()
  const replay = async () => {
    await dataOf(api.POST(`${path}/replay`, { params }))
    announce(texts.replayed)
    onReplay()
    onClose()
  }
  const canReplay = isEnabled && details.data !== undefined && details.data.state !== 'pending'
  const actions = canReplay && (
    <Button isBusy={action.isBusy} onClick={() => void action.run(replay)}>
      {texts.replay}
    </Button>
  )
  return (
    <Dialog title={webhooks.eventNames[delivery.type]} actions={actions} onClose={onClose}>
      <Loaded from={details}>{data => <DeliveryParts delivery={data} />}</Loaded>
      {canReplay && <p class="field-hint">{texts.replayHint}</p>}
      <div role="alert" class="form-problem">
        {action.problem}
      </div>
    </Dialog>
  )
}

function DeliveryParts({ delivery }: { delivery: Details }) {
  const texts = webhookTexts().deliveries
  return (
    <>
      <dl class="facts">
        <dt>{texts.state}</dt>
        <dd>
          <DeliveryState of={delivery} />
        </dd>
        <dt>{texts.created}</dt>
        <dd>
          <When at={delivery.createdAt} />
        </dd>
        <dt>{texts.eventId}</dt>
        <dd>
          <code>{delivery.eventId}</code>
        </dd>
      </dl>
      <h3>{texts.payload}</h3>
      <Source text={JSON.stringify(delivery.payload, undefined, 2)} label={texts.payload} />
      {delivery.history.length > 0 && <h3>{texts.history}</h3>}
      <ol class="attempts">
        {delivery.history.map(attempt => (
          <li key={attempt.at}>
            <p>
              <span class={`tag ${attempt.error ? 'bad' : 'good'}`}>
                {attempt.status ?? texts.unanswered}
              </span>{' '}
              <When at={attempt.at} />, {texts.took(formatMs(attempt.durationMs, locale.value))}
            </p>
            {attempt.error && <p>{describeFailure(attempt.error, attempt.explanation)}</p>}
            {attempt.response && <Source text={attempt.response} label={texts.response} />}
          </li>
        ))}
      </ol>
    </>
  )
}

import { useSignal } from '@preact/signals'
import { useLocation } from 'preact-iso/router'
import { api, dataOf } from '../api/client.ts'
import { announce } from '../app/announce.tsx'
import { Button } from '../look/button.tsx'
import { FormDialog } from '../look/form-dialog.tsx'
import { FormSelect } from '../look/form-fields.tsx'
import { useAction } from '../look/use-action.ts'
import type { Webhook } from './webhook-state.tsx'
import { webhookTexts } from './webhook-texts.ts'

/** How long an old secret may go on signing, in hours. */
const overlaps = [24, 0, 1, 72, 168] as const

interface WebhookActionsProps {
  webhook: Webhook
  onChange: (webhook: Webhook) => void
  onSecret: (secret: string) => void
  /** Called when something was sent to it, or is not sent any more. */
  onSent: () => void
}

/** What can be done with a webhook: a test, on and off, a new secret, its end. */
export function WebhookActions({ webhook, onChange, onSecret, onSent }: WebhookActionsProps) {
  const texts = webhookTexts().webhooks
  const { route } = useLocation()
  const asked = useSignal<'disable' | 'rotate' | 'remove' | undefined>(undefined)
  const action = useAction()
  const params = { path: { id: webhook.id } }
  const close = () => {
    asked.value = undefined
  }
  const switchTo = async (enabled: boolean) => {
    onChange(await dataOf(api.PATCH('/account/webhooks/{id}', { params, body: { enabled } })))
    announce(enabled ? texts.enabledNow : texts.disabledNow)
    // What was on its way to a webhook fails when that is switched off.
    onSent()
  }
  const test = async () => {
    await dataOf(api.POST('/account/webhooks/{id}/test', { params }))
    announce(texts.tested)
    onSent()
  }
  const rotate = async (values: FormData) => {
    const body = { overlapHours: Number(values.get('overlapHours')) }
    const { secret, ...changed } = await dataOf(api.POST('/account/webhooks/{id}/secret', { params, body }))
    onChange(changed)
    onSecret(secret)
  }
  const remove = async () => {
    await dataOf(api.DELETE('/account/webhooks/{id}', { params }))
    announce(texts.removed)
    route('/settings/webhooks')
  }
  return (
    <>
      <div class="row">
        {webhook.enabled ? (
          <>
            <Button isBusy={action.isBusy} onClick={() => void action.run(test)}>
              {texts.test}
            </Button>
            <Button onClick={() => (asked.value = 'disable')}>{texts.disable}</Button>
          </>
        ) : (
          <Button kind="primary" isBusy={action.isBusy} onClick={() => void action.run(() => switchTo(true))}>
            {texts.enable}
          </Button>
        )}
        <Button onClick={() => (asked.value = 'rotate')}>{texts.rotate}</Button>
        <Button kind="danger" onClick={() => (asked.value = 'remove')}>
          {texts.remove}
        </Button>
      </div>
      <div role="alert" class="form-problem">
        {action.problem}
      </div>
      {asked.value === 'disable' && (
        <FormDialog
          title={texts.disableTitle}
          text={texts.disableText}
          action={texts.disable}
          onConfirm={() => switchTo(false)}
          onClose={close}
        />
      )}
      {asked.value === 'rotate' && (
        <FormDialog
          title={texts.rotateTitle}
          text={texts.rotateText}
          action={texts.rotateConfirm}
          kind="primary"
          onConfirm={rotate}
          onClose={close}
        >
          <FormSelect
            name="overlapHours"
            label={texts.overlap}
            options={overlaps.map(hours => ({ value: String(hours), text: texts.overlapHours(hours) }))}
          />
        </FormDialog>
      )}
      {asked.value === 'remove' && (
        <FormDialog
          title={texts.removeTitle}
          text={texts.removeText(webhook.url)}
          action={texts.removeConfirm}
          onConfirm={remove}
          onClose={close}
        />
      )}
    </>
  )
}

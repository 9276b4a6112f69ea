import type { Signal } from '@preact/signals'
import { focusHeading } from '../look/focus-heading.ts'
import { ShownOnce } from '../look/shown-once.tsx'
import { webhookTexts } from './webhook-texts.ts'

/** The secret of a webhook that was made or changed a moment ago, until the reader has copied it; nothing if there is none. */
export function WebhookSecret({ secret }: { secret: Signal<string | undefined> }) {
  const texts = webhookTexts().webhooks
  if (secret.value === undefined) return null
  return (
    <ShownOnce
      title={texts.secretTitle}
      text={texts.secretText}
      label={texts.secretLabel}
      value={secret.value}
      done={texts.done}
      onDone={() => {
        secret.value = undefined
        focusHeading()
      }}
    />
  )
}

import { useSignal } from '@preact/signals'
import { useId, useRef } from 'preact/hooks'
import { announce } from '../app/announce.tsx'
import { Button } from './button.tsx'
import { formTexts } from './form-texts.ts'

/** A text that is to be taken along, with a button that copies it. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const note = useSignal<'copied' | 'copyFailed' | undefined>(undefined)
  const texts = formTexts()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      note.value = 'copied'
    } catch {
      note.value = 'copyFailed'
      input.current?.select()
    }
    announce(texts[note.value])
  }
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="field-row">
        <input
          ref={input}
          id={id}
          class="input copied"
          readOnly
          value={value}
          onFocus={event => event.currentTarget.select()}
        />
        <Button glyph={note.value === 'copied' ? 'done' : undefined} onClick={() => void copy()}>
          {note.value === 'copied' ? texts.copied : texts.copy}
        </Button>
      </div>
      {note.value === 'copyFailed' && <p class="field-hint">{texts.copyFailed}</p>}
    </div>
  )
}

import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { frameTexts } from '../app/frame-texts.ts'
import { Button } from './button.tsx'

interface DialogProps {
  title: string
  /** Buttons at its end. */
  actions?: ComponentChildren
  /** Called when it is left: by its button, by Escape, or by a click beside it. */
  onClose: () => void
  children: ComponentChildren
}

/** A dialog, open as long as it is rendered. The browser keeps the focus in it, and gives it back. */
export function Dialog({ title, actions, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the browser closes a dialog by Escape; the click beside it is an extra.
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={titleId}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
      onClick={event => {
        if (event.target === dialog.current) onClose()
      }}
    >
      <div class="dialog-body">
        <div class="dialog-head">
          <h2 id={titleId}>{title}</h2>
          <Button kind="quiet" isIcon isSmall glyph="cancel" onClick={onClose}>
            {frameTexts().close}
          </Button>
        </div>
        {children}
        {actions && <div class="dialog-actions">{actions}</div>}
      </div>
    </dialog>
  )
}

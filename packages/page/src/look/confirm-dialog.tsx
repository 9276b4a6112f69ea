import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { frameTexts } from '../app/frame-texts.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

interface ConfirmDialogProps {
  title: string
  /** Words of the button that does it. */
  action: string
  /** @default 'danger' */
  kind?: 'primary' | 'danger'
  /** Does it; the dialog stays until the promise is settled. */
  onConfirm: () => Promise<void> | void
  onClose: () => void
  children: ComponentChildren
}

/** Asks before something is done that cannot be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, action, kind = 'danger', onConfirm, onClose, children } = props
  const [isBusy, setBusy] = useState(false)
  const confirm = async () => {
    setBusy(true)
    try {
      await onConfirm()
    } finally {
      setBusy(false)
    }
  }
  const actions = (
    <>
      <Button onClick={onClose}>{frameTexts().cancel}</Button>
      <Button kind={kind} isBusy={isBusy} onClick={confirm}>
        {action}
      </Button>
    </>
  )
  return (
    <Dialog title={title} actions={actions} onClose={onClose}>
      {children}
    </Dialog>
  )
}

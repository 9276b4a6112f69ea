import type { ComponentChildren } from 'preact'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Form } from './form.tsx'
import { formTexts } from './form-texts.ts'
import { useForm } from './use-form.ts'

interface FormDialogProps {
  title: string
  /** What will happen. */
  text: ComponentChildren
  /** Words of the button that does it. */
  action: string
  /** @default 'danger' */
  kind?: 'primary' | 'danger'
  /** Fields that are asked for. */
  children?: ComponentChildren
  /** Does it. When it rejects the dialog stays, and says why. */
  onConfirm: (values: FormData) => Promise<void>
  onClose: () => void
}

/** Asks once before something is done, and for what it needs. */
export function FormDialog(props: FormDialogProps) {
  const { title, text, action, kind = 'danger', children, onConfirm, onClose } = props
  const form = useForm(async values => {
    await onConfirm(values)
    onClose()
  })
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <Form
        form={form}
        label={title}
        submit={action}
        kind={kind}
        actions={<Button onClick={onClose}>{formTexts().cancel}</Button>}
      >
        {children}
      </Form>
    </Dialog>
  )
}

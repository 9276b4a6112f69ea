import { useEffect, useRef } from 'preact/hooks'
import { Button } from './button.tsx'
import { CopyField } from './copy-field.tsx'

interface ShownOnceProps {
  title: string
  text: string
  /** Of the secret. */
  label: string
  value: string
  /** Words of the button that hides it. */
  done: string
  onDone: () => void
}

/** A secret that is shown once: it gets the focus, and stays until the reader says that it was copied. */
export function ShownOnce({ title, text, label, value, done, onDone }: ShownOnceProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus()
    heading.current?.scrollIntoView({ block: 'center' })
  }, [value])
  return (
    <section class="notice good shown-once">
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <p>{text}</p>
      <CopyField label={label} value={value} />
      <Button kind="primary" onClick={onDone}>
        {done}
      </Button>
    </section>
  )
}

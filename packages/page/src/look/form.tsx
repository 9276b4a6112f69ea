import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { problemTexts } from '../problems/problem-texts.ts'
import { Button } from './button.tsx'
import './form.css'
import { restoreDraft } from './form-draft.ts'
import { FormContext, type FormHandle, focusField } from './use-form.ts'

interface FormProps {
  form: FormHandle
  /** Words of its button. */
  submit: string
  /** Words of the button while the request runs. @default submit */
  busy?: string
  /** @default 'primary' */
  kind?: 'primary' | 'danger'
  /** Beside the button. */
  actions?: ComponentChildren
  /** Its name. */
  label: string
  children?: ComponentChildren
}

/** A form: its fields, what is wrong with them, its button. Nothing is checked before it is sent. */
export function Form({ form, submit, busy, kind = 'primary', actions, label, children }: FormProps) {
  const { problem, isBusy, onSubmit } = form
  const element = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (element.current) restoreDraft(element.current)
  }, [])
  return (
    <FormContext.Provider value={form}>
      <form ref={element} noValidate onSubmit={onSubmit} aria-label={label}>
        <FaultSummary form={form} />
        {children}
        <div role="alert" class="form-problem">
          {problem}
        </div>
        <div class="row">
          <Button type="submit" kind={kind} isBusy={isBusy}>
            {isBusy ? (busy ?? submit) : submit}
          </Button>
          {actions}
        </div>
      </form>
    </FormContext.Provider>
  )
}

/** All faults of a form with a way to each field; of a single one the field itself says enough. */
function FaultSummary({ form: { faults, labels } }: { form: FormHandle }) {
  const box = useRef<HTMLDivElement>(null)
  const names = [...labels.keys()].filter(name => name in faults)
  if (names.length < 2) return null
  const goTo = (name: string) => (event: Event) => {
    event.preventDefault()
    const form = box.current?.closest('form')
    if (form) focusField(form, name)
  }
  return (
    <div class="form-faults" role="alert" ref={box}>
      <p>{problemTexts().summary(names.length)}</p>
      <ul>
        {names.map(name => (
          <li key={name}>
            <a href={`#${name}`} onClick={goTo(name)}>
              {labels.get(name)}
            </a>
            : {faults[name]}
          </li>
        ))}
      </ul>
    </div>
  )
}

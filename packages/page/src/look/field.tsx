import type { ComponentChildren, InputHTMLAttributes } from 'preact'
import { useId } from 'preact/hooks'

interface FieldFrameProps {
  label: ComponentChildren
  hint?: ComponentChildren
  /** What is wrong with the value. */
  error?: string | undefined
}

interface FieldProps extends FieldFrameProps {
  /** Shows the control.
   *  @param attributes - that bind it to label, hint and error */
  children: (attributes: FieldAttributes) => ComponentChildren
}

export interface FieldAttributes {
  id: string
  class: string
  'aria-describedby': string | undefined
  'aria-invalid': 'true' | undefined
}

/** A control with its label, a hint, and what is wrong with it (WCAG 2.2, 3.3.1 and 3.3.2). */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId()
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  const describedBy = [error && errorId, hint && hintId].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        class: 'input',
        'aria-describedby': describedBy || undefined,
        'aria-invalid': error ? 'true' : undefined,
      })}
      {error && (
        <p class="field-error" id={errorId}>
          {error}
        </p>
      )}
      {hint && (
        <p class="field-hint" id={hintId}>
          {hint}
        </p>
      )}
    </div>
  )
}

interface TextFieldProps extends FieldFrameProps, Omit<InputHTMLAttributes, 'label' | 'onInput' | 'value'> {
  value: string
  onInput: (value: string) => void
}

/** A field of one line. */
export function TextField({ label, hint, error, value, onInput, ...others }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {attributes => (
        <input
          {...others}
          {...attributes}
          value={value}
          onInput={event => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

interface SelectFieldProps<Value extends string> extends FieldFrameProps {
  value: Value
  options: readonly { value: Value; text: string }[]
  onChange: (value: Value) => void
}

/** A choice of one of several values. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { label, hint, error, value, options, onChange } = props
  return (
    <Field label={label} hint={hint} error={error}>
      {attributes => (
        <select
          {...attributes}
          value={value}
          onChange={event => onChange(event.currentTarget.value as Value)}
        >
          {options.map(option => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

interface CheckFieldProps {
  label: ComponentChildren
  isChecked: boolean
  onChange: (isChecked: boolean) => void
}

/** A choice of yes or no. */
export function CheckField({ label, isChecked, onChange }: CheckFieldProps) {
  return (
    <label class="check">
      <input type="checkbox" checked={isChecked} onChange={event => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  )
}

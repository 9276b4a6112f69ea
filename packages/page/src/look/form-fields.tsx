import { useSignal } from '@preact/signals'
import type { ComponentChildren, InputHTMLAttributes } from 'preact'
import { useId } from 'preact/hooks'
import { Button } from './button.tsx'
import { Field } from './field.tsx'
import { formTexts } from './form-texts.ts'
import { useFault } from './use-form.ts'

/** Shortest and longest new password, in characters (contracts, `minPasswordLength`). */
export const passwordLengths = { min: 10, max: 200 } as const

interface FormFieldProps extends Omit<InputHTMLAttributes, 'label' | 'name' | 'size'> {
  name: string
  label: string
  hint?: ComponentChildren
  /** Beside the input, such as a button. */
  beside?: ComponentChildren
}

/** An input of a `Form`, which keeps what was typed. */
export function FormField({ name, label, hint, beside, ...input }: FormFieldProps) {
  return (
    <Field label={label} hint={hint} error={useFault(name, label)}>
      {attributes => (
        <div class="field-row">
          <input {...input} {...attributes} name={name} />
          {beside}
        </div>
      )}
    </Field>
  )
}

interface FormPasswordProps {
  name: string
  label: string
  /** Says password managers whether to fill in or to propose. */
  autocomplete: 'current-password' | 'new-password'
  hint?: ComponentChildren
}

/** A password, which can be looked at: no second field asks for it again. */
export function FormPassword({ autocomplete, ...props }: FormPasswordProps) {
  const isShown = useSignal(false)
  const texts = formTexts()
  const toggle = (
    <Button
      kind="quiet"
      isSmall
      onClick={() => {
        isShown.value = !isShown.value
      }}
    >
      {isShown.value ? texts.hide : texts.show}
      <span class="visually-hidden">: {props.label}</span>
    </Button>
  )
  return (
    <FormField
      {...props}
      type={isShown.value ? 'text' : 'password'}
      autocomplete={autocomplete}
      required
      spellcheck={false}
      autocapitalize="off"
      minLength={autocomplete === 'new-password' ? passwordLengths.min : undefined}
      maxLength={autocomplete === 'new-password' ? passwordLengths.max : undefined}
      beside={toggle}
    />
  )
}

interface FormSelectProps {
  name: string
  label: string
  hint?: ComponentChildren
  options: readonly { value: string; text: string }[]
  /** The option that is chosen at first. @default the first */
  initial?: string
}

/** A choice of one of several values, of a `Form`. */
export function FormSelect({ name, label, hint, options, initial }: FormSelectProps) {
  return (
    <Field label={label} hint={hint} error={useFault(name, label)}>
      {attributes => (
        <select {...attributes} name={name}>
          {options.map(({ value, text }) => (
            <option key={value} value={value} {...selectedAtFirst(value === initial)}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** Unlike `selected` it holds when the form is reset, too. Preact knows it; its types do not. */
function selectedAtFirst(defaultSelected: boolean): object {
  return { defaultSelected }
}

interface FormChecksProps {
  name: string
  label: string
  options: readonly { value: string; text: string; hint?: string }[]
  /** Values that are ticked at first. */
  initial: readonly string[]
}

/** A choice of any of several values, of a `Form`: each that is ticked is sent under the same name. */
export function FormChecks({ name, label, options, initial }: FormChecksProps) {
  const fault = useFault(name, label)
  const id = useId()
  return (
    <fieldset class="checks" aria-describedby={fault ? `${id}-fault` : undefined}>
      <legend class="legend">{label}</legend>
      {options.map(({ value, text, hint }) => (
        <label key={value} class="check">
          <input
            type="checkbox"
            name={name}
            value={value}
            defaultChecked={initial.includes(value)}
            aria-invalid={fault ? 'true' : undefined}
          />
          <span>
            {text}
            {hint && <code class="check-hint">{hint}</code>}
          </span>
        </label>
      ))}
      {fault && (
        <p class="field-error" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </fieldset>
  )
}

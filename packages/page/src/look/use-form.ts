import { useComputed, useSignal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext, useRef } from 'preact/hooks'
import { noteSignedOut } from '../api/note-signed-out.ts'
import { isSignedOut, problemOf } from '../problems/problem.ts'
import { problemTexts } from '../problems/problem-texts.ts'
import { fieldOfCode, wordFieldErrors } from '../problems/word-field-error.ts'
import { wordProblem } from '../problems/word-problem.ts'
import { locale } from '../texts/locale.ts'
import { type CheckedField, findFaults } from './find-faults.ts'
import { keepDraft } from './form-draft.ts'

type Faults = Record<string, string>

/** A form that sends something: what is wrong with it, and whether it is on its way. */
export interface FormHandle {
  onSubmit(event: Event): Promise<void>
  /** What is wrong with each field, by its name. */
  faults: Faults
  /** Why the request failed, if not for a field. */
  problem: string | undefined
  isBusy: boolean
  /** Labels of the fields, by their names, for the summary. Each field adds its own. */
  labels: Map<string, string>
}

interface FormState {
  faults: Faults
  error: unknown
  isBusy: boolean
}

interface FormOptions {
  /** Faults that the browser does not see, such as of fields that belong together. */
  check?(values: FormData): Faults
}

const untouched: FormState = { faults: {}, error: undefined, isBusy: false }

/** Checks a form and sends it. The fields keep their values, whatever becomes of it.
 *  @param send - rejects with the problem of the answer */
export function useForm(
  send: (values: FormData, form: HTMLFormElement) => Promise<void>,
  { check }: FormOptions = {},
): FormHandle {
  const state = useSignal(untouched)
  const labels = useRef(new Map<string, string>()).current
  const problem = useComputed(() => {
    const { error } = state.value
    return error === undefined ? undefined : wordProblem(problemOf(error), problemTexts(), locale.value)
  })

  async function onSubmit(event: Event): Promise<void> {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    if (state.value.isBusy) return
    const values = new FormData(form)
    const texts = problemTexts().fields
    const fields = [...form.elements] as unknown as CheckedField[]
    const faults = {
      ...findFaults(fields.filter(isChecked), texts),
      ...check?.(values),
    }
    if (Object.keys(faults).length > 0) return show({ ...untouched, faults }, form)
    state.value = { ...untouched, isBusy: true }
    try {
      await send(values, form)
      state.value = untouched
    } catch (error) {
      if (isSignedOut(problemOf(error))) keepDraft(form)
      noteSignedOut(error)
      show({ ...faultsOf(error, name => labels.has(name)), isBusy: false }, form)
    }
  }

  function show(next: FormState, form: HTMLFormElement): void {
    state.value = next
    const [first] = [...labels.keys()].filter(name => name in next.faults)
    // The message must be there when the field gets the focus: readers say it then.
    requestAnimationFrame(() => focusField(form, first))
  }

  const { faults, isBusy } = state.value
  return { onSubmit, faults, problem: problem.value, isBusy, labels }
}

/** What a failed request says of the fields; what is about none of them is left as the error of the form. */
function faultsOf(error: unknown, isField: (name: string) => boolean): Pick<FormState, 'faults' | 'error'> {
  const problem = problemOf(error)
  const field = fieldOfCode(problem.code, isField)
  if (field !== undefined)
    return { faults: { [field]: wordProblem(problem, problemTexts(), locale.value) }, error: undefined }
  const { byField, hasOthers } = wordFieldErrors(problem.errors ?? [], problemTexts().fields, isField)
  const isOfFields = Object.keys(byField).length > 0 && !hasOthers
  return { faults: byField, error: isOfFields ? undefined : error }
}

/** Fieldsets and buttons are elements of a form, too. */
function isChecked(field: CheckedField): boolean {
  return 'validity' in field && typeof field.value === 'string'
}

/** Moves the focus to a field; without a name nothing happens. */
export function focusField(form: HTMLFormElement, name: string | undefined): void {
  if (name === undefined) return
  const found = form.elements.namedItem(name)
  const element = found instanceof RadioNodeList ? found[0] : found
  if (element instanceof HTMLElement) element.focus()
}

export const FormContext = createContext<FormHandle | undefined>(undefined)

/** What the form around a field says of it.
 *  @param label - for the summary of the faults */
export function useFault(name: string, label: string): string | undefined {
  const form = useContext(FormContext)
  form?.labels.set(name, label)
  return form?.faults[name]
}

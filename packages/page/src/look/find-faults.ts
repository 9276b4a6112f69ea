import type { ProblemTexts } from '../problems/word-problem.ts'

type FieldTexts = ProblemTexts['fields']

/** What the check of a field needs of its element. */
export interface CheckedField {
  name: string
  validity: Pick<
    ValidityState,
    | 'valid'
    | 'valueMissing'
    | 'typeMismatch'
    | 'tooShort'
    | 'tooLong'
    | 'rangeUnderflow'
    | 'rangeOverflow'
    | 'badInput'
  >
  type: string
  value: string
  minLength?: number
  maxLength?: number
  min?: string
  max?: string
}

/** What is wrong with the fields of a form, by their names: the browser's own checks, in the page's words.
 *  @param elements - in the order of the form */
export function findFaults(elements: Iterable<CheckedField>, texts: FieldTexts): Record<string, string> {
  const faults: Record<string, string> = {}
  for (const field of elements) {
    const fault = faultOf(field, texts)
    if (fault !== undefined && field.name !== '') faults[field.name] ??= fault
  }
  return faults
}

function faultOf(field: CheckedField, texts: FieldTexts): string | undefined {
  const { validity, type, value, minLength = -1, maxLength = -1 } = field
  if (validity.valueMissing) return texts.required
  if (validity.typeMismatch) return type === 'email' ? texts.email : texts.address
  // Browsers look at the length of what a person has typed alone, not of what a program filled in.
  if (validity.tooShort || (value !== '' && value.length < minLength))
    return texts.tooShort(String(minLength))
  if (validity.tooLong) return texts.tooLong(String(maxLength))
  if (validity.badInput) return texts.number
  if (validity.rangeUnderflow) return texts.atLeast(field.min ?? '')
  if (validity.rangeOverflow) return texts.atMost(field.max ?? '')
  return undefined
}

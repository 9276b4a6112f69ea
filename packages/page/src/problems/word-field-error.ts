import type { ProblemTexts } from './word-problem.ts'

type FieldTexts = ProblemTexts['fields']

/** What the service says of a member of a body, and what stands in its place. */
const wordings: readonly (readonly [RegExp, (texts: FieldTexts, number: string) => string])[] = [
  [/must have at least ([\d,]+) characters/, (texts, least) => texts.tooShort(least)],
  [/must have at most ([\d,]+) characters/, (texts, most) => texts.tooLong(most)],
  [/must be an e-mail address/, texts => texts.email],
  [/is too easy to guess/, texts => texts.passwordExpected],
  [/is one of the most common passwords/, texts => texts.passwordCommon],
  [/is known from a data breach/, texts => texts.passwordBreached],
  [/must be an address such as/, texts => texts.address],
  [/must begin with https/, texts => texts.https],
  [/must not be (a private|this machine)/, texts => texts.privateAddress],
  [/must (name at least one|be of )/, texts => texts.atLeastOne],
  [/must not be empty/, texts => texts.required],
  [/must be (\d+) at least/, (texts, least) => texts.atLeast(least)],
  [/must be (\d+) at most/, (texts, most) => texts.atMost(most)],
  [/must be a number/, texts => texts.number],
]

/** Why a field was refused, in the reader's language; in the service's words where there are no others. */
export function wordFieldError(detail: string, texts: FieldTexts): string {
  for (const [pattern, word] of wordings) {
    const match = pattern.exec(detail)
    if (match) return word(texts, match[1] ?? '')
  }
  return texts.other(detail)
}

/** Problems that are about a field without naming it: which one, by the names that our forms give it. */
const fieldsOfCodes: Readonly<Record<string, readonly string[]>> = {
  'password-wrong': ['current_password', 'password'],
  'email-taken': ['email'],
}

/** The field of a form that a problem is about by its code alone. */
export function fieldOfCode(code: string, isField: (name: string) => boolean): string | undefined {
  return Object.hasOwn(fieldsOfCodes, code) ? fieldsOfCodes[code]?.find(isField) : undefined
}

/** The first fault of each field of a form, in the reader's language.
 *  @returns faults by field, and whether there were others, of no field of the form */
export function wordFieldErrors(
  errors: readonly { field: string; detail: string }[],
  texts: FieldTexts,
  isField: (name: string) => boolean,
): { byField: Record<string, string>; hasOthers: boolean } {
  const byField: Record<string, string> = {}
  let hasOthers = false
  for (const { field, detail } of errors) {
    const name = field.split('.')[0] ?? field
    if (!isField(name)) hasOthers = true
    else byField[name] ??= wordFieldError(detail, texts)
  }
  return { byField, hasOthers }
}

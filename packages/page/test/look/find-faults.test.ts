import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CheckedField, findFaults } from '../../src/look/find-faults.ts'
import { problems } from '../../src/texts/en/problems.ts'

const { fields: texts } = problems
const fine: CheckedField['validity'] = {
  valid: true,
  valueMissing: false,
  typeMismatch: false,
  tooShort: false,
  tooLong: false,
  rangeUnderflow: false,
  rangeOverflow: false,
  badInput: false,
}
const field = (changes: Partial<CheckedField>): CheckedField => ({
  name: 'email',
  type: 'text',
  value: 'x',
  validity: fine,
  ...changes,
})

test('each field is told its first fault; what is right, and what has no name, none', () => {
  const faults = findFaults(
    [
      field({ type: 'email', validity: { ...fine, typeMismatch: true } }),
      field({ validity: { ...fine, valueMissing: true } }),
      field({ name: 'url', type: 'url', validity: { ...fine, typeMismatch: true } }),
      field({ name: 'good' }),
      field({ name: '', validity: { ...fine, valueMissing: true } }),
    ],
    texts,
  )
  assert.deepEqual(faults, { email: texts.email, url: texts.address })
})

test('a password that a program filled in is measured, too', () => {
  const short = field({ name: 'password', value: 'nine char', minLength: 10 })
  assert.deepEqual(findFaults([short], texts), { password: texts.tooShort('10') })
  assert.deepEqual(findFaults([{ ...short, value: 'ten chars.' }], texts), {})
})

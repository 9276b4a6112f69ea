import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldOfCode, wordFieldErrors } from '../../src/problems/word-field-error.ts'
import { wordProblem } from '../../src/problems/word-problem.ts'
import { problems as de } from '../../src/texts/de/problems.ts'
import { problems as en } from '../../src/texts/en/problems.ts'

test('a problem is told in the language of the reader, with the wait that the answer names', () => {
  const problem = { status: 429, code: 'too-many-attempts', retryAfterMs: 30_000 }
  assert.equal(
    wordProblem(problem, en, 'en'),
    'Too many attempts to sign in have failed. Try again in 30 seconds.',
  )
  assert.equal(
    wordProblem({ ...problem, retryAfterMs: 840_500 }, de, 'de'),
    'Zu viele Anmeldungen sind fehlgeschlagen. Versuchen Sie es in 15 Minuten noch einmal.',
  )
})

test('a fault of the service says what to tell its operator', () => {
  const text = wordProblem({ status: 500, code: 'internal-error', requestId: 'r-1' }, en, 'en')
  assert.match(text, /number r-1\.$/)
})

test('a code that is newer than the page is told by its status, and never as a member of an object', () => {
  assert.equal(wordProblem({ status: 409, code: 'of-tomorrow' }, en, 'en'), en.refused)
  assert.equal(wordProblem({ status: 502, code: 'unknown' }, de, 'de'), de.failed)
  assert.equal(wordProblem({ status: 400, code: 'constructor' }, en, 'en'), en.refused)
})

test('what is wrong with fields stands at the fields, the first fault of each', () => {
  const errors = [
    { field: 'password', detail: 'must have at least 10 characters' },
    { field: 'password', detail: 'is one of the most common passwords. Choose another one.' },
    { field: 'events.0', detail: 'must be of job.completed, job.failed, job.canceled' },
    { field: 'colour', detail: 'there is no such member' },
  ]
  const isField = (name: string) => ['password', 'events'].includes(name)
  assert.deepEqual(wordFieldErrors(errors, de.fields, isField), {
    byField: { password: 'Schreiben Sie mindestens 10 Zeichen.', events: 'Wählen Sie mindestens eines.' },
    hasOthers: true,
  })
})

test('a reason that has no words of ours is told in those of the service', () => {
  const { byField } = wordFieldErrors(
    [{ field: 'name', detail: 'has half a character' }],
    en.fields,
    () => true,
  )
  assert.deepEqual(byField, { name: 'The service says: has half a character' })
})

test('a wrong password is a fault of the field that asks for the current one', () => {
  const names =
    (...fields: string[]) =>
    (name: string) =>
      fields.includes(name)
  assert.equal(fieldOfCode('password-wrong', names('new_password', 'current_password')), 'current_password')
  assert.equal(fieldOfCode('password-wrong', names('password', 'email')), 'password')
  assert.equal(fieldOfCode('password-wrong', names()), undefined)
  assert.equal(fieldOfCode('toString', names('password')), undefined)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  findFaults,
  integer,
  isText,
  milliseconds,
  millisecondsOrInfinity,
  oneOf,
  optional,
  refuseFaults,
  required,
  secret,
} from '../src/check-options.ts'

test('names each option that is wrong, what is expected and what it got', () => {
  const rules = {
    count: integer(1, 9),
    waitMs: milliseconds(0),
    limitMs: millisecondsOrInfinity(0),
    kind: oneOf('a', 'b'),
    name: required('a text', isText),
    note: optional('a text', isText),
    password: secret('a text', isText),
  }
  const wrong = {
    count: 1.5,
    waitMs: 2_147_483_648,
    limitMs: -1,
    kind: 'c',
    note: null,
    password: 12345,
    coutn: 3,
  }
  assert.deepEqual(findFaults(wrong, rules, 'nested.'), [
    'nested.count: expected an integer from 1 to 9, got 1.5',
    'nested.waitMs: expected an integer from 0 to 2147483647, got 2147483648',
    'nested.limitMs: expected an integer from 0 to 2147483647, or Infinity, got -1',
    'nested.kind: expected one of "a", "b", got "c"',
    'nested.name: expected a text, got undefined',
    'nested.note: expected a text, got null',
    'nested.password: expected a text, got something else',
    'nested.coutn: no such option; there are count, waitMs, limitMs, kind, name, note, password',
  ])
  const right = { count: undefined, waitMs: 0, limitMs: Number.POSITIVE_INFINITY, kind: 'b', name: 'x' }
  assert.deepEqual(findFaults(right, rules), [])
})

test('options that are no object are a fault, and a long value is cut', () => {
  assert.deepEqual(findFaults(7, {}), ['options: expected an object, got 7'])
  const [fault] = findFaults({ kind: 'x'.repeat(1_000) }, { kind: oneOf('a') })
  assert.equal((fault as string).length, 'kind: expected one of "a", got ""'.length + 60)
})

test('an address or the options of a connection, given where they do not belong, are shown without what is secret', () => {
  const wrong = {
    ...{
      text: 'amqp://me:s3cret@h:5672',
      odd: 'mysql://me:s3c/re@t@h/db',
      url: new URL('redis://:s3cret@h'),
    },
    ...{
      parts: { host: 'h', password: 's3cret' },
      list: ['redis://:s3cret@h'],
      empty: {},
      many: () => 's3cret',
    },
  }
  const number = required('a number', Number.isFinite)
  const faults = findFaults(wrong, Object.fromEntries(Object.keys(wrong).map(name => [name, number])))
  assert.deepEqual(faults, [
    'text: expected a number, got "amqp://h:5672"',
    'odd: expected a number, got "mysql://h/db"',
    'url: expected a number, got an object of class URL',
    'parts: expected a number, got an object with host, password',
    'list: expected a number, got a list of 1',
    'empty: expected a number, got an empty object',
    'many: expected a number, got [Function: many]',
  ])
  assert.deepEqual(findFaults('amqp://me:s3cret@h', {}), ['options: expected an object, got "amqp://h"'])
})

test('all faults are told by one error, none by none', () => {
  refuseFaults('connect', [])
  assert.throws(() => refuseFaults('connect', ['a: one', 'b: two']), {
    code: 'ERR_INVALID_DEFINITION',
    message: 'connect: a: one; b: two',
  })
})

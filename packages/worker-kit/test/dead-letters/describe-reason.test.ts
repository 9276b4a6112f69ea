import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { describeReason, describeThrown, parseStacktraces } from '../../src/dead-letters/describe-reason.ts'

const fail = () => {
  throw new Error('a trap')
}
/** Throws at whatever is done with it. */
const hostileProxy = (target: object = {}) =>
  new Proxy(
    target,
    Object.fromEntries(Object.getOwnPropertyNames(Reflect).map(trap => [trap, fail])) as ProxyHandler<object>,
  )
const revoked = Proxy.revocable({}, {})
revoked.revoke()

const withoutPrototype = Object.assign(Object.create(null), { code: 7 })
const customInspected = {
  [inspect.custom]: fail,
  get message() {
    return fail()
  },
}
const hostileTag = {
  get [Symbol.toStringTag]() {
    return fail()
  },
}

const cases: [what: string, value: unknown, reason: RegExp, thrown: RegExp][] = [
  ['a text', 'no luck', /^no luck$/, /^no luck$/],
  ['an empty text', '', /^The error has no message$/, /^The error has no message$/],
  ['undefined', undefined, /^The error has no message$/, /^undefined was thrown, which is no error/],
  ['null', null, /^The error has no message$/, /^null was thrown/],
  ['a number', 42, /^42$/, /^42 was thrown/],
  ['a bigint', 42n, /^42n$/, /^42n was thrown/],
  ['a symbol', Symbol('why'), /^Symbol\(why\)$/, /^Symbol\(why\) was thrown/],
  ['a function', function broken() {}, /^\[Function: broken\]$/, /^\[Function: broken\] was thrown/],
  ['an object', { code: 7 }, /^\{ code: 7 \}$/, /^\{ code: 7 \} was thrown/],
  ['an object without a prototype', withoutPrototype, /code: 7/, /code: 7 .*was thrown/],
  ['an error', new TypeError('no luck'), /^no luck$/, /^no luck$/],
  ['an error with an empty message', new Error(''), /Error/, /Error.* was thrown/s],
  [
    'an error whose message is an object',
    Object.assign(new Error(), { message: { code: 7 } }),
    /code: 7/,
    /code: 7/,
  ],
  ['a proxy that throws', hostileProxy(), /./, /was thrown/],
  ['a proxy of a function that throws', hostileProxy(fail), /./, /was thrown/],
  ['a revoked proxy', revoked.proxy, /./, /was thrown/],
  ['an object whose inspection throws', customInspected, /./, /was thrown/],
  ['an object whose tag throws', hostileTag, /./, /was thrown/],
]

for (const [what, value, reason, thrown] of cases)
  test(`makes a text of ${what}`, () => {
    assert.match(describeReason(value), reason)
    assert.match(describeThrown(value), thrown)
  })

test('makes a bounded text of everything, and never throws', () => {
  fc.assert(
    fc.property(
      fc.anything({ withBigInt: true, withMap: true, withNullPrototype: true, withDate: true }),
      value => {
        for (const text of [describeReason(value), describeThrown(value)]) {
          assert.equal(typeof text, 'string')
          assert.ok(text.length >= 1 && text.length <= 10_000)
        }
      },
    ),
  )
})

test('bounds what is long, wide or deep', () => {
  const deep = Array.from({ length: 10_000 }).reduce<object>(inner => ({ inner }), {})
  const circular: Record<string, unknown> = { list: Array.from({ length: 100_000 }, (_, i) => i) }
  circular.self = circular
  const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`key${i}`, i]))
  for (const value of [
    'x'.repeat(20_000_000),
    deep,
    wide,
    { wide },
    circular,
    new Error('x'.repeat(20_000_000)),
  ])
    for (const text of [describeReason(value), describeThrown(value)]) assert.ok(text.length <= 10_000)
})

test('stack traces are texts, whatever was stored', () => {
  assert.deepEqual(parseStacktraces('["a",7,null,{"b":1}]'), [
    'a',
    '7',
    'The error has no message',
    '{ b: 1 }',
  ])
  for (const json of [undefined, '[]', '{}', 'null', '{"broken', '7'])
    assert.deepEqual(parseStacktraces(json), [])
})

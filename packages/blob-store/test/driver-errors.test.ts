import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as mongodb from 'mongodb'
import { translateError } from '../src/gridfs/driver-errors.ts'
import { BlobStoreError } from '../src/index.ts'

/** Errors of a caller's mistake; everything else of the driver is an outage. */
const mistakes = [
  'MongoInvalidArgumentError',
  'MongoParseError',
  'MongoMissingCredentialsError',
  'MongoMissingDependencyError',
  'MongoBatchReExecutionError',
  'MongoCursorExhaustedError',
  'MongoCursorInUseError',
  'MongoTailableCursorError',
  'MongoTransactionError',
]

test('every error of the driver tells of an outage, unless it is a mistake of ours', () => {
  const types = Object.entries(mongodb).filter(([, type]) => isMongoError(type))
  assert.ok(types.length > 30, `${types.length} types`)
  for (const [name, type] of types) {
    // Their constructors take different things, which do not matter here.
    const error = Object.assign(Object.create((type as typeof mongodb.MongoError).prototype), {
      message: name,
    })
    const translated = translateError(error)
    if (mistakes.includes(name)) assert.equal(translated, error)
    else assert.ok(translated instanceof BlobStoreError && translated.code === 'ERR_STORE_UNAVAILABLE', name)
  }
})

test('other errors are passed on unchanged', () => {
  const error = new TypeError('a mistake')
  assert.equal(translateError(error), error)
})

function isMongoError(type: unknown): boolean {
  return (
    typeof type === 'function' &&
    (type === mongodb.MongoError || type.prototype instanceof mongodb.MongoError)
  )
}

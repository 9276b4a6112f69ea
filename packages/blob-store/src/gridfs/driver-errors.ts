import {
  MongoBatchReExecutionError,
  MongoCursorExhaustedError,
  MongoCursorInUseError,
  MongoError,
  MongoInvalidArgumentError,
  MongoMissingCredentialsError,
  MongoMissingDependencyError,
  MongoParseError,
  MongoTailableCursorError,
  MongoTransactionError,
} from 'mongodb'
import { BlobStoreError } from '../blob-store.ts'

/** Errors of the caller. All others of the driver tell that a server or the pool of connections cannot serve now, and a
 *  later version of the driver may add some: an empty pool, a lost session, an operation that took too long. */
const mistakes = [
  MongoInvalidArgumentError,
  MongoParseError,
  MongoMissingCredentialsError,
  MongoMissingDependencyError,
  MongoBatchReExecutionError,
  MongoCursorExhaustedError,
  MongoCursorInUseError,
  MongoTailableCursorError,
  MongoTransactionError,
]

/** Turns the driver's temporary errors into `ERR_STORE_UNAVAILABLE`; gives other errors unchanged. */
export function translateError(error: unknown): unknown {
  if (!(error instanceof MongoError) || mistakes.some(type => error instanceof type)) return error
  return new BlobStoreError(
    'ERR_STORE_UNAVAILABLE',
    `MongoDB is not available: ${error.message}. Check that it runs and that MONGODB_URL is its address.`,
    { cause: error },
  )
}

import {
  MongoClientClosedError,
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerClosedError,
  MongoServerError,
  MongoSystemError,
  MongoTopologyClosedError,
} from 'mongodb'
import { BlobStoreError } from '../blob-store.ts'

const unavailable = [
  MongoNetworkError,
  MongoSystemError, // no server could be selected
  MongoServerError, // it answers, but cannot serve: shutting down, disk full, login refused
  MongoNotConnectedError,
  MongoServerClosedError,
  MongoTopologyClosedError,
  MongoClientClosedError,
]

/** Gives a driver's error that means "not now" as `ERR_STORE_UNAVAILABLE`, everything else unchanged. */
export function translateError(error: unknown): unknown {
  if (!(error instanceof MongoError) || !unavailable.some(type => error instanceof type)) return error
  return new BlobStoreError(
    'ERR_STORE_UNAVAILABLE',
    `MongoDB does not serve: ${error.message}. Check that it runs and that MONGODB_URL names it.`,
    { cause: error },
  )
}

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
import { storeFull } from '../blob-errors.ts'
import { BlobStoreError } from '../blob-store.ts'

/** MongoDB's code of `OutOfDiskSpace`. */
const outOfDiskSpace = 14_031

const unavailable = [
  MongoNetworkError,
  MongoSystemError, // no server could be selected
  MongoServerError, // it answers and cannot serve: it shuts down, its disk is full, it refuses the login
  MongoNotConnectedError,
  MongoServerClosedError,
  MongoTopologyClosedError,
  MongoClientClosedError,
]

/** Turns the driver's temporary errors into `ERR_STORE_UNAVAILABLE`, and a full disk into `ERR_STORE_FULL`; gives other errors unchanged. */
export function translateError(error: unknown): unknown {
  if (error instanceof MongoServerError && error.code === outOfDiskSpace)
    return storeFull('The disk of MongoDB', error)
  if (!(error instanceof MongoError) || !unavailable.some(type => error instanceof type)) return error
  return new BlobStoreError(
    'ERR_STORE_UNAVAILABLE',
    `MongoDB is not available: ${error.message}. Check that it runs and that MONGODB_URL is its address.`,
    { cause: error },
  )
}

import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import {
  type BlobFilter,
  type BlobInfo,
  type BlobStore,
  BlobStoreError,
  type BlobStoreErrorCode,
  type BlobStorePlace,
} from '../../src/index.ts'

/** An empty store for one test, and what the contract cannot see through `BlobStore`. */
export interface StoreUnderTest {
  store: BlobStore
  /** Where another process finds the store. */
  place: BlobStorePlace & { name: string }
  /** Counts the pieces that belong to no visible blob. */
  countLeftovers(): Promise<number>
  /** Changes a byte of a blob behind the store's back. */
  damage(id: string): Promise<void>
  /** Leaves a half-written blob behind, as a killed process does. */
  leaveHalfWritten(): Promise<void>
}

export type Setup = (t: TestContext) => StoreUnderTest | Promise<StoreUnderTest>

/** Bytes of a piece in a store that splits blobs. The ranges of the contract are near its multiples. */
export const pieceBytes = 255 * 1024

export const song = { fileName: 'song.mp4', contentType: 'video/mp4' }

export function hasCode(code: BlobStoreErrorCode) {
  return (error: unknown) => {
    assert.ok(error instanceof BlobStoreError, `expected a BlobStoreError, got ${error}`)
    assert.equal(error.code, code)
    return true
  }
}

export async function listAll(store: BlobStore, filter?: BlobFilter) {
  const blobs: BlobInfo[] = []
  for await (const blob of store.list(filter)) blobs.push(blob)
  return blobs
}

export async function write(writer: NodeJS.WritableStream, bytes: Buffer) {
  await new Promise<void>((resolve, reject) =>
    writer.write(bytes, error => (error ? reject(error) : resolve())),
  )
}

export const hourMs = 3_600_000

export function inAnHour(): Date {
  return new Date(Date.now() + hourMs)
}

/** Bytes as a request brings them. */
export async function* inPieces(bytes: Buffer = Buffer.alloc(0)): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += 65_536) yield bytes.subarray(start, start + 65_536)
}

import { join } from 'node:path'
import type { BlobStore, StoreLogger } from './blob-store.ts'
import { createDiskBlobStore } from './disk/disk-blob-store.ts'
import { createGridFsBlobStore } from './gridfs/gridfs-blob-store.ts'

export const blobStoreKinds = ['gridfs', 'disk'] as const
export type BlobStoreKind = (typeof blobStoreKinds)[number]

/** Where blobs are kept. */
export interface BlobStorePlace {
  kind: BlobStoreKind
  /** Address of MongoDB; `gridfs` needs it. */
  url?: string | undefined
  /** Absolute path of the folder that holds one folder for each store; `disk` needs it. */
  dir?: string | undefined
}

export interface OpenBlobStoreOptions {
  place: BlobStorePlace
  /** Name of the database or folder: `videos`. */
  name: string
  /** Receives warnings about failed clean-ups. @default none */
  logger?: StoreLogger
}

/** Opens the store of that kind.
 *  @throws {TypeError} when `url` or `dir` is missing that the kind needs */
export function openBlobStore({ place: { kind, url, dir }, name, logger }: OpenBlobStoreOptions): BlobStore {
  switch (kind) {
    case 'gridfs':
      if (!url) throw new TypeError('url: expected the address of MongoDB')
      return createGridFsBlobStore({ url, database: name, logger })
    case 'disk':
      if (!dir) throw new TypeError('dir: expected the path of a folder')
      return createDiskBlobStore({ dir: join(dir, name), logger })
  }
}

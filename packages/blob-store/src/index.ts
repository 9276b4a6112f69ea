export {
  type BlobFilter,
  type BlobInfo,
  type BlobMetadata,
  type BlobStore,
  BlobStoreError,
  type BlobStoreErrorCode,
  type BlobUsage,
  type BlobWriter,
  type ByteRange,
  type NewBlob,
  type StoreLogger,
} from './blob-store.ts'
export { createDiskBlobStore, type DiskBlobStoreOptions } from './disk/disk-blob-store.ts'
export { createGridFsBlobStore, type GridFsBlobStoreOptions } from './gridfs/gridfs-blob-store.ts'
export { type BlobStoreKind, type BlobStorePlace, blobStoreKinds, openBlobStore } from './open-blob-store.ts'
export type { AppendOptions, NewResumableBlob, ResumableBlob, ResumableBlobs } from './resumable-blobs.ts'
export type { SaveOptions } from './save-blob.ts'
export { type SweepHourlyOptions, type SweepLogger, sweepHourly } from './sweep-hourly.ts'

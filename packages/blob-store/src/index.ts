export {
  type BlobFilter,
  type BlobInfo,
  type BlobMetadata,
  type BlobStore,
  BlobStoreError,
  type BlobStoreErrorCode,
  type BlobWriter,
  type ByteRange,
  type NewBlob,
} from './blob-store.ts'
export { createGridFsBlobStore, type GridFsBlobStoreOptions } from './gridfs/gridfs-blob-store.ts'

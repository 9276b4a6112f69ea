import type { Readable } from 'node:stream'
import { type ConversionOptions, jobIdOfVideo } from '@jackalope/contracts'
import { DataStore, Metadata, Upload } from '@tus/server'
import type { AppDeps } from '../../app-deps.ts'
import { optionsField } from '../../jobs/video-options.ts'
import { displayName } from '../display-name.ts'
import { mediaType } from '../media-type.ts'
import { OptionTexts } from '../option-texts.ts'
import { findUpload, uploadLifetimeMs, uploadUnknown } from './find-upload.ts'
import type { UploadChecksum } from './upload-checksum.ts'

/** What clients of tus say of a file besides, and we have no use for. */
const unusedMetadata = ['name', 'type', 'relativePath']

/** @throws {HttpProblem} 422 */
function readOptions(metadata: Readonly<Record<string, string | null>>): ConversionOptions | undefined {
  const texts = new OptionTexts()
  for (const [name, text] of Object.entries(metadata))
    if (!unusedMetadata.includes(name)) texts.add(name, text ?? '')
  return texts.read()
}

export const tusExtensions = ['creation', 'creation-with-upload', 'termination', 'checksum', 'expiration']

export interface TusStoreOptions {
  videos: AppDeps['videos']
  userId: string
  /** The checksum of the request's body. */
  checksum: UploadChecksum | undefined
  /** Called when the store has noted a new upload. */
  onCreated?: (() => Promise<void>) | undefined
}

/** Uploads of one user, for one request: what @tus/server wants to know of a store, on resumable blobs. */
export class TusStore extends DataStore {
  readonly #options: TusStoreOptions
  #appending: Promise<unknown> = Promise.resolve()

  constructor(options: TusStoreOptions) {
    super()
    this.#options = options
    this.extensions = tusExtensions
  }

  override async create(upload: Upload): Promise<Upload> {
    const { videos, userId: ownerId } = this.#options
    const { filename, filetype, ...others } = upload.metadata ?? {}
    const options = readOptions(others)
    const createdAt = Date.now()
    const blob = await videos.resumable.begin({
      fileName: displayName(filename ?? ''),
      contentType: mediaType(filetype ?? undefined),
      metadata: id => ({ ownerId, jobId: jobIdOfVideo(id), ...(options && { [optionsField]: options }) }),
      totalBytes: upload.size ?? 0,
      expiresAt: new Date(createdAt + uploadLifetimeMs),
      notes: { tus: upload.metadata ? Metadata.stringify(upload.metadata) : '' },
    })
    await this.#options.onCreated?.()
    // The blob's id is the upload's, and will be the video's.
    upload.id = blob.id
    upload.creation_date = new Date(createdAt).toISOString()
    return upload
  }

  override async write(source: Readable, id: string, offset: number): Promise<number> {
    const { videos, checksum } = this.#options
    const appending = videos.resumable.append(id, checksum ? checksum.watch(source) : source, {
      offset,
      // The lock says that no other request appends; what it wrote last may not have ended.
      takeOver: true,
      verify: checksum && (() => checksum.verify()),
    })
    this.#appending = appending.catch(() => {})
    return await appending
  }

  /** Resolves when what arrived before an error is stored. @tus/server does not wait for that. */
  async settled(): Promise<void> {
    await this.#appending
  }

  override async getUpload(id: string): Promise<Upload> {
    const { videos, userId } = this.#options
    const { upload, video } = await findUpload(id, userId, videos)
    if (video)
      return new Upload({
        id,
        size: video.sizeBytes,
        offset: video.sizeBytes,
        creation_date: video.storedAt.toISOString(),
      })
    const { totalBytes: size, offset, notes, createdAt } = upload
    return new Upload({
      id,
      size,
      offset,
      metadata: notes.tus ? Metadata.parse(notes.tus) : undefined,
      creation_date: createdAt.toISOString(),
    })
  }

  override async remove(id: string): Promise<void> {
    if (!(await this.#options.videos.resumable.discard(id))) throw uploadUnknown()
  }

  override getExpiration(): number {
    return uploadLifetimeMs
  }
}

import type { BlobInfo, BlobStore, ResumableBlob } from '@jackalope/blob-store'
import { uploads } from '@jackalope/contracts/api'
import { problem } from '@jackalope/service-kit'

/** How long an upload may be resumed after it was created, in milliseconds. */
export const uploadLifetimeMs = 24 * 3_600_000

/** An upload that runs, or the video that has come out of it. */
export type FoundUpload =
  | { upload: ResumableBlob; video?: undefined }
  | { video: BlobInfo; upload?: undefined }

/** Finds one of the user's own uploads.
 *  @throws {HttpProblem} 404, the same for an unknown upload and for another user's; 410 */
export async function findUpload(id: string, userId: string, videos: BlobStore): Promise<FoundUpload> {
  const upload = await videos.resumable.find(id)
  if (upload && upload.metadata.ownerId === userId) {
    if (upload.expiresAt.getTime() < Date.now()) throw expired()
    return { upload }
  }
  const video = upload ? undefined : await videos.stat(id)
  if (video && video.metadata.ownerId === userId) {
    if (video.storedAt.getTime() + uploadLifetimeMs < Date.now()) throw expired()
    return { video }
  }
  throw uploadUnknown()
}

export function uploadUnknown() {
  return problem(uploads.uploadUnknown, { detail: 'You have no such upload.' })
}

function expired() {
  return problem(uploads.uploadExpired, { detail: 'The upload has expired. Begin a new one.' })
}

import { type BlobStore, BlobStoreError } from '@jackalope/blob-store'
import { type ConversionEnd, endField } from '@jackalope/contracts'

/** Writes how a conversion ended into its video's metadata, unless the video is gone. The first end of a round stands.
 *  @throws {BlobStoreError} `ERR_STORE_UNAVAILABLE` */
export async function claimEnd(videos: BlobStore, videoId: string, end: ConversionEnd): Promise<void> {
  const video = await videos.stat(videoId)
  if (!video) return
  try {
    await videos.claimMetadata(videoId, endField(video.metadata), end)
  } catch (error) {
    if (!(error instanceof BlobStoreError) || error.code !== 'ERR_BLOB_NOT_FOUND') throw error
  }
}

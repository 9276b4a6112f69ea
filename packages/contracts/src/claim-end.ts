import { type ConversionEnd, endField } from './conversion-end.ts'

/** The part of the store of videos that is used here. */
export interface ClaimableVideos {
  stat(videoId: string): Promise<{ metadata: Readonly<Record<string, unknown>> } | undefined>
  claimMetadata(videoId: string, field: string, value: unknown): Promise<unknown>
}

/** Writes how a conversion ended into its video's metadata, unless the video is gone. The first end of a round stands.
 *  @throws an error of the store when it is away */
export async function claimEnd(videos: ClaimableVideos, videoId: string, end: ConversionEnd): Promise<void> {
  const video = await videos.stat(videoId)
  if (!video) return
  try {
    await videos.claimMetadata(videoId, endField(video.metadata), end)
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_BLOB_NOT_FOUND') throw error
  }
}

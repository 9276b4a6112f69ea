import type { BlobStore } from '@jackalope/blob-store'

type Stores = { videos: BlobStore; audios: BlobStore }

/** What a user has stored: bytes of files and audio, and uploads that are not complete. An incomplete one counts as a whole. */
export async function countStored(
  ownerId: string,
  { videos, audios }: Stores,
): Promise<{ bytes: number; incomplete: number }> {
  const [files, audio] = await Promise.all([videos.usage({ ownerId }), audios.usage({ ownerId })])
  return { bytes: files.sizeBytes + audio.sizeBytes, incomplete: files.incomplete }
}

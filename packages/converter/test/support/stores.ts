import { createReadStream } from 'node:fs'
import type { TestContext } from 'node:test'
import { type BlobInfo, type BlobStore, openBlobStore } from '@jackalope/blob-store'
import { createTestPlace, type TestPlace } from '@jackalope/blob-store/testing'
import { jobIdOfVideo } from '@jackalope/contracts'
import { onEnd } from '@jackalope/local-servers/testing'

export interface TestStores extends Pick<TestPlace, 'variables' | 'storePrefix'> {
  videos: BlobStore
  audios: BlobStore
  /** Stores a file as an upload of that owner; gives the ids of the video and its job. */
  upload(path: string, video?: { fileName?: string; ownerId?: string }): Promise<Upload>
  /** All blobs in the store of audio files. */
  allAudios(): Promise<BlobInfo[]>
}

export interface Upload {
  videoId: string
  ownerId: string
  jobId: string
}

/** Stores in a place of their own, removed after the test. */
export function openStores(t: TestContext): TestStores {
  const { place, variables, storePrefix, remove } = createTestPlace()
  const open = (name: string) => openBlobStore({ place, name: storePrefix + name })
  const videos = open('videos')
  const audios = open('mp3s')
  onEnd(t, () => remove('videos', 'mp3s'))
  onEnd(t, () => Promise.all([videos.close(), audios.close()]))
  return {
    videos,
    audios,
    variables,
    storePrefix,
    async upload(path, { fileName = 'holiday.mov', ownerId = 'ada' } = {}) {
      const video = { fileName, contentType: 'video/quicktime', metadata: { ownerId } }
      const { id: videoId } = await videos.put(createReadStream(path), video)
      return { videoId, ownerId, jobId: jobIdOfVideo(videoId) }
    },
    async allAudios() {
      const found: BlobInfo[] = []
      for await (const audio of audios.list()) found.push(audio)
      return found
    },
  }
}

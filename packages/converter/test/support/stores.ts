import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { TestContext } from 'node:test'
import { type BlobInfo, type BlobStore, createGridFsBlobStore } from '@jackalope/blob-store'
import { jobIdOfVideo } from '@jackalope/contracts'
import { MongoClient } from 'mongodb'
import { address } from './servers.ts'

export interface TestStores {
  videos: BlobStore
  audios: BlobStore
  databasePrefix: string
  /** Stores a file as an upload of that owner; gives its id and its job's. */
  upload(path: string, video?: { fileName?: string; ownerId?: string }): Promise<Upload>
  /** Everything in the store of audio files. */
  allAudios(): Promise<BlobInfo[]>
}

export interface Upload {
  videoId: string
  ownerId: string
  jobId: string
}

/** Stores in databases of their own, dropped after the test. */
export function openStores(t: TestContext): TestStores {
  const url = address('MONGODB_URL')
  const databasePrefix = `test-converter-${randomBytes(6).toString('hex')}-`
  const open = (name: string) => createGridFsBlobStore({ url, database: databasePrefix + name })
  const videos = open('videos')
  const audios = open('mp3s')
  t.after(async () => {
    await Promise.all([videos.close(), audios.close()])
    const client = new MongoClient(url)
    await Promise.all(['videos', 'mp3s'].map(name => client.db(databasePrefix + name).dropDatabase()))
    await client.close()
  })
  return {
    videos,
    audios,
    databasePrefix,
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

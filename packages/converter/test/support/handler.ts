import { readdir } from 'node:fs/promises'
import type { TestContext } from 'node:test'
import type { ConversionResult } from '@jackalope/contracts'
import { temporaryFolder } from '@jackalope/local-servers/testing'
import { pino } from 'pino'
import {
  type ConversionJob,
  createConvertVideoHandler,
  type HandlerDeps,
} from '../../src/job/convert-video-handler.ts'
import { openWorkFolder } from '../../src/work-folder/work-folder.ts'
import { defaults, tools } from './extract.ts'
import { openStores, type TestStores, type Upload } from './stores.ts'

export interface TestHandler extends TestStores {
  /** Runs one attempt. */
  run(upload: Upload, job?: Partial<ConversionJob>): Promise<ConversionResult>
  /** Progress as it was reported, in percent. */
  told: number[]
  /** Stages that were reported. */
  stages: Set<string>
  /** Lines of the job's log. */
  log: string[]
  /** Jobs that were added to the queue of `audio.ready`. */
  announced: Array<{ jobId: string; data: object }>
  /** Entries left in the work folder. */
  leftovers(): Promise<string[]>
}

/** A handler on real stores, with a queue that only records the jobs. */
export async function openHandler(t: TestContext, deps: Partial<HandlerDeps> = {}): Promise<TestHandler> {
  const workFolder = await openWorkFolder(await temporaryFolder(t))
  const stores = openStores(t)
  const told: number[] = []
  const stages = new Set<string>()
  const log: string[] = []
  const announced: TestHandler['announced'] = []
  const handler = createConvertVideoHandler({
    videos: stores.videos,
    audios: stores.audios,
    workFolder,
    audioReadyQueue: {
      async add(data, { jobId }) {
        announced.push({ jobId, data })
      },
    },
    tools,
    logger: pino({ level: 'silent' }),
    ...deps,
  })
  return {
    ...stores,
    told,
    stages,
    log,
    announced,
    run: ({ videoId, ownerId, jobId }, job = {}) =>
      handler({
        id: jobId,
        data: { videoId, ownerId, options: defaults },
        attempt: 1,
        progress: async ({ percent, stage }) => {
          told.push(percent)
          stages.add(stage)
        },
        log: async line => {
          log.push(line)
        },
        signal: new AbortController().signal,
        ...job,
      }),
    leftovers: () => readdir(workFolder.path),
  }
}

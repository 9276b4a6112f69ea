import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { blobStoreKinds } from '@jackalope/blob-store'
import {
  absolutePath,
  connectionUrl,
  connectionUrls,
  integer,
  oneOf,
  requireFor,
  serviceVariables,
  textValue,
} from '@jackalope/service-kit'
import { z } from 'zod'

const weekSeconds = 7 * 24 * 3_600

const variables = z.object({
  ...serviceVariables,
  AMQP_URL: connectionUrls('amqp', 'amqps'),
  REDIS_URL: connectionUrl('redis', 'rediss'),
  /** Where videos and audio are kept; the same as the gateway's. */
  BLOB_STORE: oneOf(...blobStoreKinds).default('gridfs'),
  /** With `BLOB_STORE=gridfs`. */
  MONGODB_URL: connectionUrl('mongodb', 'mongodb+srv').optional(),
  /** With `BLOB_STORE=disk`: the folder of both stores. */
  BLOB_DIR: absolutePath().optional(),
  /** Conversions at the same time; more than there are cores is slower. @default the number of cores */
  CONCURRENCY: integer(1, 256).default(availableParallelism()),
  /** Where videos are copied to; on a disk with room for one video and its audio per conversion. */
  WORK_DIR: absolutePath().default(join(tmpdir(), 'jackalope-converter')),
  /** Path or name of the program. */
  FFMPEG_PATH: program('ffmpeg'),
  FFPROBE_PATH: program('ffprobe'),
  /** How long running conversions may go on after SIGTERM, in seconds; then they are ended, and their jobs given to
   *  other converters at no cost of an attempt. What ends the process must wait 15 s longer. */
  DRAIN_SECONDS: integer(1, 86_400).default(25),
  /** Longest audio that is converted, in seconds. @default 6 hours */
  MAX_AUDIO_SECONDS: integer(1, weekSeconds).default(6 * 3_600),
})

export const converterConfig = requireFor(variables, 'BLOB_STORE', {
  gridfs: 'MONGODB_URL',
  disk: 'BLOB_DIR',
})
export type ConverterConfig = z.output<typeof converterConfig>

function program(name: string) {
  return textValue(`the path of ${name}`, text => text).default(name)
}

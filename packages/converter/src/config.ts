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
import { conversionsWithin, memoryLimitBytes } from './tools/memory.ts'

const weekSeconds = 7 * 24 * 3_600

const variables = z.object({
  ...serviceVariables,
  AMQP_URL: connectionUrls('amqp', 'amqps'),
  REDIS_URL: connectionUrl('redis', 'rediss'),
  /** Kind of the stores of videos and audio; the same as the gateway's. */
  BLOB_STORE: oneOf(...blobStoreKinds).default('gridfs'),
  /** Required with `BLOB_STORE=gridfs`. */
  MONGODB_URL: connectionUrl('mongodb', 'mongodb+srv').optional(),
  /** Folder of both stores; required with `BLOB_STORE=disk`. */
  BLOB_DIR: absolutePath().optional(),
  /** Number of concurrent conversions; more than the number of cores is slower. @default the number of cores, or as many as fit
   *  into the memory of the container, with 192 MiB each */
  CONCURRENCY: integer(1, 256).default(conversionsWithin(memoryLimitBytes(), availableParallelism())),
  /** Folder of temporary copies. Its disk must have room for one video and its audio for each concurrent conversion; of a
   *  video of several recordings that were joined, also for up to twice `MAX_AUDIO_BYTES`. */
  WORK_DIR: absolutePath().default(join(tmpdir(), 'jackalope-converter')),
  /** Path or name of the program. */
  FFMPEG_PATH: program('ffmpeg'),
  FFPROBE_PATH: program('ffprobe'),
  /** How long running conversions may continue after SIGTERM, in seconds. Then they are aborted, and other converters
   *  take over their jobs without counting an attempt. The process needs up to 15 s more to end. */
  DRAIN_SECONDS: integer(1, 86_400).default(25),
  /** How long a conversion waits for the end of a fault of ours - no space on a disk, no ffmpeg, no store - in hours. The
   *  wait uses up no attempts; at its end the conversion fails. @default 12 */
  PATIENCE_HOURS: integer(1, 30 * 24).default(12),
  /** Longest audio that is converted, in seconds. @default 6 hours */
  MAX_AUDIO_SECONDS: integer(1, weekSeconds).default(6 * 3_600),
  /** Largest audio file that is made, in bytes. @default 2 GiB: three hours of WAV */
  MAX_AUDIO_BYTES: integer(1_000_000, 1_000_000_000_000).default(2 * 1024 ** 3),
})

export const converterConfig = requireFor(variables, 'BLOB_STORE', {
  gridfs: 'MONGODB_URL',
  disk: 'BLOB_DIR',
})
export type ConverterConfig = z.output<typeof converterConfig>

function program(name: string) {
  return textValue(`the path of ${name}`, text => text).default(name)
}

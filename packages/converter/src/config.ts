import { availableParallelism, tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { connectionUrl, integer, serviceVariables, textValue } from '@jackalope/service-kit'
import { z } from 'zod'

const weekSeconds = 7 * 24 * 3_600

export const converterConfig = z.object({
  ...serviceVariables,
  AMQP_URL: connectionUrl('amqp', 'amqps'),
  REDIS_URL: connectionUrl('redis', 'rediss'),
  MONGODB_URL: connectionUrl('mongodb', 'mongodb+srv'),
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
export type ConverterConfig = z.output<typeof converterConfig>

function absolutePath() {
  return textValue('an absolute path', text => {
    if (!isAbsolute(text)) throw new Error(`expected an absolute path, got ${JSON.stringify(text)}`)
    return text
  })
}

function program(name: string) {
  return textValue(`the path of ${name}`, text => text).default(name)
}

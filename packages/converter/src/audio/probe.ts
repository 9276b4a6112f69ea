import { z } from 'zod'
import { ConverterError } from '../converter-error.ts'
import { fileAddress, safeInputOptions } from '../tools/input-options.ts'
import { runProgram } from '../tools/run-program.ts'
import { classifyProbeFailure } from './classify-failure.ts'

const seconds = z.coerce.number().optional().catch(undefined)

/** One audio track as ffprobe reports it; times in seconds. */
const audioStream = z.object({
  index: z.number(),
  codec_name: z.string().optional(),
  time_base: z.string().optional(),
  start_time: seconds,
  duration: seconds,
  nb_frames: seconds,
  tags: z.object({ DURATION: z.string().optional() }).optional(),
})
export type AudioStream = z.infer<typeof audioStream>

const probeOutput = z.object({
  streams: z.array(audioStream).default([]),
  format: z.object({ format_name: z.string(), start_time: seconds, duration: seconds }),
})

export interface Probe {
  /** ffprobe's names of the container, such as `matroska,webm`. */
  container: string
  startSeconds: number | undefined
  durationSeconds: number | undefined
  /** The first audio track. */
  audio: AudioStream | undefined
  /** Whether the lengths are guessed from the bit rate, because the file states none. */
  isLengthGuessed: boolean
}

export interface ProbeOptions {
  ffprobePath: string
  signal?: AbortSignal
}

/** Longest run of ffprobe, in milliseconds. It reads headers and a few packets. */
const timeoutMs = 120_000

const entries = [
  'format=format_name,start_time,duration',
  'stream=index,codec_name,time_base,start_time,duration,nb_frames',
  'stream_tags=DURATION',
].join(':')

/** Inspects a media file with ffprobe. fluent-ffmpeg does not fit: its ffprobe cannot be aborted, and it parses a text
 *  format in which a line break in a title can forge other fields.
 *  @param path - absolute
 *  @throws {ConverterError} with the fault of the file, or `ERR_TOOL_FAILED` */
export async function probe(path: string, { ffprobePath, signal }: ProbeOptions): Promise<Probe> {
  const timeout = AbortSignal.timeout(timeoutMs)
  const args = ['-hide_banner', '-v', 'warning', ...safeInputOptions, '-select_streams', 'a:0']
  const exit = await runProgram(
    ffprobePath,
    [...args, '-show_entries', entries, '-of', 'json', fileAddress(path)],
    { signal: signal ? AbortSignal.any([signal, timeout]) : timeout },
  ).catch(error => {
    if (error !== timeout.reason) throw error
    throw new ConverterError('ERR_TOOL_FAILED', `${ffprobePath} did not end within ${timeoutMs / 1_000} s`)
  })
  if (exit.exitCode !== 0) throw classifyProbeFailure(exit)
  const { format, streams } = probeOutput.parse(JSON.parse(exit.stdout))
  return {
    container: format.format_name,
    startSeconds: format.start_time,
    durationSeconds: format.duration,
    audio: streams[0],
    isLengthGuessed: exit.stderr.includes('Estimating duration from bitrate'),
  }
}

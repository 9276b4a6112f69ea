import { z } from 'zod'
import { ConverterError } from '../converter-error.ts'
import { fileAddress, safeInputOptions } from '../tools/input-options.ts'
import type { Cell } from '../tools/jail/cell.ts'
import { runProgram } from '../tools/run-program.ts'
import { classifyProbeFailure, tooDemanding } from './classify-failure.ts'

const seconds = z.coerce.number().optional().catch(undefined)

const count = seconds

/** A file may hold a book in its tags; more than that is no recording's. */
const maxOutputLength = 8_000_000
/** Processor time, in seconds; an ordinary file takes a tenth of a second. */
const cpuSeconds = 20

/** One stream as ffprobe reports it; times in seconds. */
const probedStream = z.object({
  index: z.number(),
  /** Of a transport stream: the packet id, such as "0x101". */
  id: z.string().optional(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  codec_tag_string: z.string().optional(),
  codec_tag: z.string().optional(),
  profile: z.string().optional(),
  sample_rate: count,
  channels: count,
  channel_layout: z.string().optional(),
  bits_per_sample: count,
  bits_per_raw_sample: count,
  time_base: z.string().optional(),
  start_time: seconds,
  duration: seconds,
  nb_frames: count,
  disposition: z.record(z.string(), z.number()).default({}),
  tags: z.record(z.string(), z.string()).default({}),
})
export type ProbedStream = z.infer<typeof probedStream>

const probeOutput = z.object({
  streams: z.array(probedStream).default([]),
  format: z.object({
    format_name: z.string(),
    start_time: seconds,
    duration: seconds,
    tags: z.record(z.string(), z.string()).default({}),
  }),
})

export interface Probe {
  /** ffprobe's names of the container, such as `matroska,webm`. */
  container: string
  startSeconds: number | undefined
  durationSeconds: number | undefined
  streams: ProbedStream[]
  /** Tags of the file, not of a stream. */
  tags: Record<string, string>
  /** Whether the lengths are guessed from the bit rate, because the file states none. */
  isLengthGuessed: boolean
}

export interface ProbeOptions {
  ffprobePath: string
  signal?: AbortSignal
  /** Where it runs. @default the file system and user of this process */
  cell?: Cell | undefined
  /** Whether to read on where ffprobe would have given up. @default false */
  isThorough?: boolean
}

/** In bytes and microseconds: ten times what is usual. */
const thoroughOptions = ['-probesize', '50000000', '-analyzeduration', '50000000']

/** Longest run of ffprobe, in milliseconds. It reads headers and a few packets; on a machine with much to do a hostile file must meet
 *  the limit of processor time before, which fails it for good. */
const timeoutMs = 600_000

const entries = [
  'format=format_name,start_time,duration',
  'format_tags',
  'stream=index,id,codec_type,codec_name,codec_tag_string,codec_tag,profile,sample_rate,channels,channel_layout,bits_per_sample,bits_per_raw_sample',
  'stream=time_base,start_time,duration,nb_frames',
  'stream_disposition=default,attached_pic,comment,visual_impaired,descriptions',
  'stream_tags',
].join(':')

/** Inspects a media file with ffprobe. fluent-ffmpeg does not fit: its ffprobe cannot be aborted, and it parses a text
 *  format in which a line break in a title can forge other fields.
 *  @param path - absolute
 *  @throws {ConverterError} with the fault of the file, or `ERR_TOOL_FAILED` */
export async function probe(path: string, options: ProbeOptions): Promise<Probe> {
  return await probeAddress(fileAddress(path), options)
}

/** @param address - see `fileAddress` and `partAddress` */
export async function probeAddress(
  address: string,
  { ffprobePath, signal, cell, isThorough = false }: ProbeOptions,
): Promise<Probe> {
  const timeout = AbortSignal.timeout(timeoutMs)
  const more = isThorough ? thoroughOptions : []
  const args = ['-hide_banner', '-v', 'warning', ...safeInputOptions, ...more]
  const exit = await runProgram(ffprobePath, [...args, '-show_entries', entries, '-of', 'json', address], {
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    limits: { cpuSeconds },
    cell,
    maxOutputLength,
  }).catch(error => {
    if (error !== timeout.reason) throw error
    throw new ConverterError('ERR_TOOL_FAILED', `${ffprobePath} did not end within ${timeoutMs / 1_000} s`)
  })
  if (exit.exitCode !== 0) throw classifyProbeFailure(exit)
  const { format, streams } = parseOutput(exit.stdout)
  return {
    container: format.format_name,
    startSeconds: format.start_time,
    durationSeconds: format.duration,
    streams,
    tags: format.tags,
    isLengthGuessed: exit.stderr.includes('Estimating duration from bitrate'),
  }
}

/** @throws {ConverterError} `ERR_FILE_TOO_DEMANDING` if the output is not whole */
function parseOutput(stdout: string): z.infer<typeof probeOutput> {
  try {
    return probeOutput.parse(JSON.parse(stdout))
  } catch (cause) {
    throw tooDemanding({ cause })
  }
}

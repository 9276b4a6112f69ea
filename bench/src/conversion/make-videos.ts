import { execFile } from 'node:child_process'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A video to be converted. */
export interface Video {
  name: string
  path: string
  sizeBytes: number
  audioSeconds: number
}

/** Seconds of picture that are repeated to the end. */
const clipSeconds = 10

interface VideoPlan {
  name: string
  seconds: number
  /** About as large it becomes; 0 is as small as the sound allows. */
  mebibytes: number
}

export const videoPlans: readonly VideoPlan[] = [
  { name: '10 s', seconds: 10, mebibytes: 0 },
  { name: '10 min, 30 MB', seconds: 600, mebibytes: 30 },
  { name: '10 min, 500 MB', seconds: 600, mebibytes: 500 },
]

/** Makes an MP4 with sound that is not easy to encode: noise and tones. */
export async function makeVideo(
  { name, seconds, mebibytes }: VideoPlan,
  folder: string,
  signal: AbortSignal,
): Promise<Video> {
  const file = (what: string) => join(folder, `${what}-${seconds}-${mebibytes}.mp4`)
  const ffmpeg = async (...args: string[]) =>
    await run('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args], { signal })
  const sound = 'anoisesrc=a=0.2:c=pink:r=48000,aformat=channel_layouts=stereo,tremolo=f=3:d=0.9'
  await ffmpeg(
    '-f',
    'lavfi',
    '-i',
    sound,
    '-t',
    String(seconds),
    '-c:a',
    'aac',
    '-b:a',
    '128k',
    file('sound'),
  )
  const soundBytes = (await stat(file('sound'))).size
  const kilobits = Math.max(20, ((mebibytes * 1024 ** 2 - soundBytes) * 8) / seconds / 1_000)
  // Frames of the right size, whatever is in them.
  const size = kilobits > 1_000 ? '640x480' : '160x120'
  await ffmpeg(
    ...['-f', 'lavfi', '-i', `testsrc=s=${size}:r=10,noise=alls=60:allf=t`, '-t', String(clipSeconds)],
    ...['-c:v', 'mpeg4', '-b:v', `${Math.round(kilobits)}k`, '-minrate', `${Math.round(kilobits)}k`],
    ...['-maxrate', `${Math.round(kilobits)}k`, '-bufsize', '8M', file('clip')],
  )
  const path = file('video')
  await ffmpeg(
    ...['-stream_loop', '-1', '-i', file('clip'), '-i', file('sound'), '-map', '0:v', '-map', '1:a'],
    ...['-c', 'copy', '-t', String(seconds), '-f', 'mp4', path],
  )
  await Promise.all([rm(file('clip')), rm(file('sound'))])
  return { name, path, sizeBytes: (await stat(path)).size, audioSeconds: seconds }
}

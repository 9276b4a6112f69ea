import { ffmpeg } from '@jackalope/local-servers/testing'

/** Writes a file with a small picture and one tone.
 *  @param frequency - in Hz */
export async function writeTone(
  path: string,
  { seconds, frequency, picture = true }: { seconds: number; frequency: number; picture?: boolean },
  ...options: string[]
): Promise<void> {
  const video = picture ? ['-f', 'lavfi', '-i', `testsrc=s=160x120:r=10:d=${seconds}`] : []
  const encoder = picture ? ['-c:v', 'libx264', '-preset', 'ultrafast'] : []
  const tone = ['-f', 'lavfi', '-i', `sine=f=${frequency}:r=48000:d=${seconds}`]
  await ffmpeg(...video, ...tone, ...encoder, ...options, `file:${path}`)
}

/** Writes a file with a picture and two audio tracks of 4 s: 300 and 1000 Hz. */
export async function writeTwoTracks(path: string, ...options: string[]): Promise<void> {
  await ffmpeg(
    ...['-f', 'lavfi', '-i', 'testsrc=s=160x120:r=10:d=4', '-f', 'lavfi', '-i', 'sine=f=300:r=48000:d=4'],
    ...['-f', 'lavfi', '-i', 'sine=f=1000:r=48000:d=4', '-map', '0', '-map', '1', '-map', '2'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', ...options, `file:${path}`],
  )
}

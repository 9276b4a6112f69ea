import { readFile, writeFile } from 'node:fs/promises'
import { ffmpeg } from '@jackalope/local-servers/testing'

/** Makes one file.
 *  @param media - has the files that this one is made from */
type Recipe = (path: string, media: { get(name: string): Promise<string> }) => Promise<void>

const picture = ['-f', 'lavfi', '-i', 'testsrc=s=160x120:r=10:d=10']
const tone = ['-f', 'lavfi', '-i', 'sine=440:d=10']
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast']
const fastVp8 = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8']

/** A file that is made from the plain MP4. */
const from =
  (...options: string[]): Recipe =>
  async (path, media) =>
    ffmpeg('-i', await media.get('faststart.mp4'), ...options, `file:${path}`)

const source =
  (...options: string[]): Recipe =>
  path =>
    ffmpeg(...options, `file:${path}`)

/** Silence at 8 kHz, repeated from one minute of it. */
const silence =
  (minutes: number): Recipe =>
  async (path, media) => {
    const minute = await media.get('silent-minute.m4a')
    await ffmpeg(
      ...['-stream_loop', String(minutes - 1), '-i', minute, '-c', 'copy', '-f', 'ipod', `file:${path}`],
    )
  }

/** 10 s of a tone at 44.1 kHz, with pictures of 160 x 120 where the format has pictures. */
const goodRecipes = {
  'faststart.mp4': source(
    ...picture,
    ...tone,
    ...h264,
    ...['-c:a', 'aac', '-movflags', 'faststart', '-f', 'mp4'],
  ),
  'moov-at-end.mp4': from('-c', 'copy', '-f', 'mp4'),
  'fragmented.mp4': from('-c', 'copy', '-movflags', 'frag_keyframe+empty_moov', '-f', 'mp4'),
  'good.mov': from('-c', 'copy', '-f', 'mov'),
  'good.m4a': from('-vn', '-c', 'copy', '-f', 'ipod'),
  'good.3gp': from('-s', '176x144', '-c:v', 'h263', '-c:a', 'copy', '-f', '3gp'),
  'good.mkv': from('-c', 'copy', '-f', 'matroska'),
  'good.webm': from(...fastVp8, '-c:a', 'libopus', '-f', 'webm'),
  'good.avi': from('-c:v', 'copy', '-c:a', 'libmp3lame', '-f', 'avi'),
  'good.ts': from('-c', 'copy', '-f', 'mpegts'),
  'good.mpg': from('-c:v', 'mpeg2video', '-r', '25', '-c:a', 'mp2', '-f', 'mpeg'),
  'good.flv': from('-c', 'copy', '-f', 'flv'),
  'good.wmv': from('-c:v', 'wmv2', '-c:a', 'wmav2', '-f', 'asf'),
  'good.wma': from('-vn', '-c:a', 'wmav2', '-f', 'asf'),
  'good.wav': from('-vn', '-c:a', 'pcm_s16le', '-f', 'wav'),
  'good.mp3': from('-vn', '-c:a', 'libmp3lame', '-f', 'mp3'),
  'good.aac': from('-vn', '-c:a', 'copy', '-f', 'adts'),
  'good.ogg': from('-vn', '-c:a', 'libvorbis', '-f', 'ogg'),
  'good.opus': from('-vn', '-c:a', 'libopus', '-f', 'ogg'),
  'good.flac': from('-vn', '-c:a', 'flac', '-f', 'flac'),
  // As browsers record: neither the file nor the track states a length.
  'recorded.webm': from('-vn', '-c:a', 'libopus', '-live', '1', '-f', 'webm'),
} satisfies Record<string, Recipe>

/** Good files that are harder to convert. */
const oddRecipes = {
  'lying-container.mp4': async (path, media) => {
    const bytes = await readFile(await media.get('faststart.mp4'))
    // ISO/IEC 14496-12, 8.2.2: the movie's duration, 16 bytes after the type; its time scale is 1000.
    bytes.writeUInt32BE(0x7fff_ffff, bytes.indexOf('mvhd') + 20)
    await writeFile(path, bytes)
  },
  // A recorder that leaves out silence: sound from 0 to 3 and from 6 to 10 s.
  'gap.mp4': source(
    ...[...picture, ...tone, '-af', "aselect='not(between(t,3,6))'"],
    ...[...h264, '-c:a', 'aac', '-f', 'mp4'],
  ),
  'gap.mkv': async (path, media) =>
    ffmpeg('-i', await media.get('gap.mp4'), '-c', 'copy', '-f', 'matroska', path),
  'gap.ts': async (path, media) =>
    ffmpeg('-i', await media.get('gap.mp4'), '-c', 'copy', '-f', 'mpegts', path),
  // Sound from 3 to 7 s of 10.
  'late-audio.mp4': source(
    ...[...picture, '-itsoffset', '3', '-f', 'lavfi', '-i', 'sine=440:d=4'],
    ...[...h264, '-c:a', 'aac', '-f', 'mp4'],
  ),
  'late-audio.mkv': async (path, media) =>
    ffmpeg('-i', await media.get('late-audio.mp4'), '-c', 'copy', '-f', 'matroska', path),
  'late-audio.flv': async (path, media) =>
    ffmpeg('-i', await media.get('late-audio.mp4'), '-c', 'copy', '-f', 'flv', path),
  'two-tracks.mkv': from('-map', '0', '-map', '0:a', '-c', 'copy', '-f', 'matroska'),
  'short.mp4': from('-t', '0.3', '-c', 'copy', '-f', 'mp4'),
} satisfies Record<string, Recipe>

const badRecipes = {
  'no-audio.mp4': from('-an', '-c', 'copy', '-f', 'mp4'),
  'picture.png': from('-frames:v', '1', '-c:v', 'png', '-f', 'image2'),
  'encrypted.mp4': from(
    ...['-c', 'copy', '-encryption_scheme', 'cenc-aes-ctr'],
    ...['-encryption_key', '76a6c65c5ea762046bd749a2e632ccbb'],
    ...['-encryption_kid', 'a7e61c373e219033c21091fa607bf3b8', '-f', 'mp4'],
  ),
  'silent-minute.m4a': source(
    ...['-f', 'lavfi', '-i', 'anullsrc=r=8000:cl=mono', '-t', '60', '-c:a', 'aac', '-f', 'ipod'],
  ),
  'six-hours.m4a': async (path, media) =>
    ffmpeg(
      ...[
        '-stream_loop',
        '359',
        '-i',
        await media.get('silent-minute.m4a'),
        '-c',
        'copy',
        '-f',
        'ipod',
        path,
      ],
    ),
  'silent-hour.m4a': silence(60),
  'ten-silent-minutes.m4a': silence(10),
  // One hour without a stated length.
  'endless.mkv': async (path, media) =>
    ffmpeg(
      ...['-stream_loop', '59', '-i', await media.get('silent-minute.m4a')],
      ...['-c', 'copy', '-live', '1', '-f', 'matroska', path],
    ),
} satisfies Record<string, Recipe>

export const recipes = { ...goodRecipes, ...oddRecipes, ...badRecipes }
export type MediaName = keyof typeof recipes
export const goodNames = Object.keys(goodRecipes) as (keyof typeof goodRecipes)[]

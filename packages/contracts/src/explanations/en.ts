import type { ExplanationTexts } from './codes.ts'
import { lengthTexts } from './lengths.ts'

const { duration, part, megabytes, span } = lengthTexts({
  of: 'of',
  point: '.',
  units: [
    ['day', 'days'],
    ['hour', 'hours'],
    ['minute', 'minutes'],
    ['second', 'seconds'],
  ],
})

export const en: ExplanationTexts = {
  'file-empty': () => 'The file is empty.',
  'file-not-media': () =>
    'This is not a video or audio file of a supported kind, such as MP4, MOV, MKV, WebM, AVI or MP3.',
  'file-index-missing': () =>
    'The file is incomplete: its index ("moov atom" or packet table) is missing. Upload the whole file.',
  'file-too-demanding': () =>
    'The file cannot be read: it asks for more memory or time than a recording needs.',
  'no-audio-track': () => 'The file has no audio track.',
  'audio-track-empty': () => 'The audio track of the file is empty.',
  'track-missing': ({ track, tracks }) => `The file has no audio track number ${track}. It has: ${tracks}.`,
  'language-missing': ({ language, tracks }) =>
    `The file has no audio track in the language "${language}". It has: ${tracks}.`,
  'channels-unknown': ({ channels }) =>
    `The audio cannot be decoded: it has ${channels} channels, and the file does not say which is which.`,
  'decoder-missing': ({ codec }) => `The audio cannot be decoded: no decoder for "${codec}" is there.`,
  'codecs-unknown': ({ codecs }) => `The audio cannot be decoded: the codec ${codecs} is unknown.`,
  'sample-rate-absurd': ({ sampleRate }) =>
    `The audio cannot be converted: the file claims a sample rate of ${sampleRate} Hz, which no recording has.`,
  'not-decodable': () => 'The audio cannot be decoded: the file is damaged or encrypted.',
  'read-in-part': ({ readSeconds, statedSeconds }) =>
    `The file is damaged: only ${part(readSeconds, statedSeconds)} could be read.`,
  'read-until': ({ readSeconds }) =>
    `The file is damaged: it could not be read beyond ${duration(readSeconds)}.`,
  'audio-too-long': ({ maxSeconds, seconds }) =>
    `The audio is too long: up to ${duration(maxSeconds)} are converted, and it is ${lengthBeyond(maxSeconds, seconds)}.`,
  'audio-too-large': ({ maxBytes, sizeBytes, format }) =>
    `The audio is too large: up to ${megabytes(maxBytes)} are made${sizeAs(sizeBytes, format)}. Choose another format or a part.`,
  'part-empty': ({ startSeconds, endSeconds }) =>
    `Nothing is left of the audio${endSeconds === undefined ? '' : `, which ends at ${duration(endSeconds)}`}: "start" is ${duration(startSeconds)}.`,
  'video-deleted': () => 'The video was deleted.',
  'audio-deleted': () => 'The audio of this video has been deleted. Upload the video again.',
  'canceled-by-owner': () => 'Canceled: by its owner',
  'fault-of-ours': () =>
    'The conversion failed for a reason of ours, at every attempt. Upload the video again later.',
  'fault-of-ours-lasted': ({ hours }) =>
    `The conversion failed for a reason of ours, which lasted for ${hours === 1 ? '1 hour' : `${hours} hours`}. Try it again later.`,
  'attempt-failed': () => 'The last attempt failed for a reason of ours; it will be tried again.',
  'reason-of-ours': () => 'A reason of ours.',
  'waits-for-us': () =>
    'The file cannot be converted at the moment, for a reason of ours. The job waits, and is tried again by itself.',
  'converter-stopped': () => 'The converter stopped before it had finished.',
  'cut-off': ({ gotSeconds }) =>
    `The file is not whole: it was cut off. The audio is what is there, ${duration(gotSeconds)}.`,
  'ends-early': ({ gotSeconds, statedSeconds }) =>
    `The file ends too early: ${part(gotSeconds, statedSeconds)} could be read.`,
  'damaged-in-part': ({ gotSeconds, statedSeconds }) =>
    `The file is damaged: ${part(gotSeconds, statedSeconds)} could be read.`,
  'damaged-for': ({ seconds }) =>
    `The file is damaged: about ${duration(seconds)} of the audio could not be read.`,
  'damaged-somewhere': () => 'The file is damaged: some of the audio may be missing.',
  'clock-jumps': ({ seconds }) =>
    `The time stamps of the file jump by ${duration(seconds)}. The jump is left out; the sound on both sides of it is there.`,
  'track-changes': ({ atSeconds }) =>
    `The file goes on with another audio track at ${duration(atSeconds)}, which is not in the result.`,
  'recordings-missing': ({ recordings, read }) =>
    `The file consists of ${recordings} recordings, of which ${read} could be read.`,
  'tracks-skipped': ({ skipped, tracks, track }) =>
    `${skipped === 1 ? `Track ${tracks} has` : `Tracks ${tracks} have`} no sound that can be decoded. Track ${track} was taken.`,
  'audio-expired': ({ keptSeconds }) =>
    `The audio was removed: audio files are kept for ${span(keptSeconds)}. Upload the file again.`,
  'audio-lost': () => 'The audio is lost. Upload the file again.',
  'webhook-status': ({ status }) => `It answered ${status}.`,
  'webhook-timeout': ({ seconds }) => `There was no answer within ${seconds} seconds.`,
  'webhook-address-refused': () =>
    'It leads to a private, loopback or link-local address, or to HTTP without TLS.',
  'webhook-name-unknown': () => 'Its name has no address.',
  'webhook-lookup-failed': () => 'Its name could not be looked up.',
  'webhook-connection-refused': () => 'The connection was refused.',
  'webhook-connection-lost': () => 'The connection broke off before there was an answer.',
  'webhook-connection-failed': ({ code }) => `The connection failed${inBrackets(code)}.`,
  'webhook-tls-invalid': ({ code }) => `Its certificate or TLS is not in order (${code}).`,
  'webhook-answer-invalid': ({ code }) => `Its answer is no HTTP (${code}).`,
  'webhook-headers-too-large': () => 'Its answer has too many headers.',
  'webhook-redirects-too-often': ({ redirects }) => `It redirects more than ${redirects} times.`,
  'webhook-redirect-invalid': () => 'It redirects to what is no address of HTTPS.',
  'webhook-disabled': () => 'The webhook was disabled.',
  'account-locked': () => 'The account was locked.',
}

/** Rounded, both may read the same. */
function lengthBeyond(maxSeconds: number, seconds: number | undefined): string {
  const isTold = seconds !== undefined && duration(seconds) !== duration(maxSeconds)
  return isTold ? duration(seconds) : 'longer'
}

function sizeAs(sizeBytes: number | undefined, format: string | undefined): string {
  if (sizeBytes === undefined || format === undefined) return ''
  return `, and as ${format} it has about ${megabytes(sizeBytes)}`
}

function inBrackets(code: string | undefined): string {
  return code === undefined ? '' : ` (${code})`
}

import {
  defineEndpoint,
  defineProblem,
  type EndpointAnswer,
  queryInvalid,
} from '@jackalope/service-kit/endpoint'
import { z } from 'zod'
import { audioMediaTypes } from '../conversion-choices.ts'
import { linkLifetimeSeconds } from '../sign-link.ts'
import { jobParams, jobUnknown } from './jobs.ts'

export const fileUnknown = defineProblem({
  code: 'file-unknown',
  status: 404,
  meaning: 'The user has no file with this id.',
})
export const audioNotReady = defineProblem({
  code: 'audio-not-ready',
  status: 409,
  meaning: 'The job has not been completed yet. "state" and "progress" say how far it is.',
})
export const conversionFailed = defineProblem({
  code: 'conversion-failed',
  status: 409,
  meaning: 'There is no audio, since the conversion failed. The detail says why.',
})
export const audioDeleted = defineProblem({
  code: 'audio-deleted',
  status: 410,
  meaning: 'The audio of this job has been deleted.',
})
export const audioExpired = defineProblem({
  code: 'audio-expired',
  status: 410,
  meaning: 'The audio was removed, since its time was over. "expiredAt" says when; the detail says why.',
})
export const fileDeleted = defineProblem({
  code: 'file-deleted',
  status: 410,
  meaning: 'The file was deleted while it was asked for.',
})
export const rangeNotSatisfiable = defineProblem({
  code: 'range-not-satisfiable',
  status: 416,
  meaning: 'The range begins beyond the end of the file. "Content-Range" has the length.',
})

export const fileChanged = defineProblem({
  code: 'file-changed',
  status: 412,
  meaning: 'The file is not the version that "If-Match" or "If-Unmodified-Since" names.',
})
export const linkInvalid = defineProblem({
  code: 'link-invalid',
  status: 403,
  meaning: 'The link is not one of ours, or was changed on its way.',
})
export const linkExpired = defineProblem({
  code: 'link-expired',
  status: 410,
  meaning: 'The link was valid once, and has expired.',
})
export const tooManyDownloads = defineProblem({
  code: 'too-many-downloads',
  status: 429,
  meaning: 'The user, or the link, has too many downloads at a time. Wait until one has ended.',
})

const fileHeaders = {
  'Accept-Ranges': '`bytes`: ranges are served.',
  'Content-Disposition': 'Name of the file (RFC 6266).',
  'Content-Length': 'Bytes of this answer.',
  ETag: 'Tag of the file; a file never changes.',
  'Last-Modified': 'When the file was stored.',
}

const audioTypes = Object.values(audioMediaTypes)

const fileAnswers = {
  200: { description: 'The whole file', contentTypes: audioTypes, headers: fileHeaders },
  206: {
    description: 'A range of the file',
    contentTypes: audioTypes,
    headers: { ...fileHeaders, 'Content-Range': 'The range and the length of the whole file.' },
  },
  304: {
    description: 'The file that the client has is current',
    headers: {
      'Accept-Ranges': fileHeaders['Accept-Ranges'],
      'Content-Disposition': fileHeaders['Content-Disposition'],
      ETag: fileHeaders.ETag,
      'Last-Modified': fileHeaders['Last-Modified'],
    },
  },
} satisfies Record<number, EndpointAnswer>

/** `?inline`, `?inline=1` */
const inline = z
  .enum(['', '1', 'true'], 'expected no value, or 1')
  .optional()
  .transform(text => text !== undefined)
  .describe('Lets a browser play the audio instead of saving it.')

const rangeHeaders = {
  Range: 'One range of bytes (RFC 9110, section 14.2); several ranges are answered with the whole file.',
  'If-Range': 'Tag or time of the file that the range is of.',
  'If-None-Match': 'Tag of the file that the client has.',
  'If-Match': 'Tag of the file that the client means.',
  'If-Unmodified-Since': 'Time of the file that the client means.',
}

const fileProblems = [fileDeleted, fileChanged, rangeNotSatisfiable, tooManyDownloads] as const

const lifetimeText = `must be a whole number of seconds from ${linkLifetimeSeconds.min} to ${linkLifetimeSeconds.max}`

export const getJobAudio = defineEndpoint({
  id: 'getJobAudio',
  method: 'GET',
  path: '/jobs/{id}/audio',
  tag: 'Files',
  summary: 'The audio of a completed job',
  access: { scope: 'files:read' },
  params: jobParams,
  query: z.object({ inline }),
  headers: rangeHeaders,
  answers: fileAnswers,
  problems: [jobUnknown, audioNotReady, conversionFailed, audioDeleted, audioExpired, ...fileProblems],
})

export const createAudioLink = defineEndpoint({
  id: 'createAudioLink',
  method: 'POST',
  path: '/jobs/{id}/audio/link',
  tag: 'Files',
  summary: 'A link to the audio that works without logging in',
  description: 'Whoever has the link can use it until it expires, or the job is deleted.',
  access: { scope: 'files:read' },
  params: jobParams,
  body: z
    .object({
      lifetimeSeconds: z
        .int(lifetimeText)
        .min(linkLifetimeSeconds.min, lifetimeText)
        .max(linkLifetimeSeconds.max, lifetimeText)
        .default(linkLifetimeSeconds.default)
        .describe('One minute to seven days; one hour by default.'),
    })
    .optional(),
  takesIdempotencyKey: true,
  answers: {
    201: {
      description: 'The link',
      body: z.object({ url: z.url(), expiresAt: z.iso.datetime() }),
    },
  },
  problems: [jobUnknown, audioNotReady, conversionFailed, audioDeleted, audioExpired],
})

export const getSignedFile = defineEndpoint({
  id: 'getSignedFile',
  method: 'GET',
  path: '/files/{audioId}',
  tag: 'Files',
  summary: 'An audio file, by its signed link',
  access: 'public',
  params: z.object({ audioId: z.string().describe('Id of the audio.') }),
  query: z.object({
    expires: z.string('expected the link as it was made').describe('As in the link.'),
    signature: z.string('expected the link as it was made').describe('As in the link.'),
    inline,
  }),
  headers: rangeHeaders,
  answers: fileAnswers,
  problems: [linkInvalid, linkExpired, ...fileProblems],
})

export const download = defineEndpoint({
  id: 'download',
  method: 'GET',
  path: '/download',
  tag: 'Files',
  summary: 'An audio file by its id',
  access: { scope: 'files:read' },
  query: z.object({
    fid: z
      .string('say which file: /download?fid=AUDIO_ID. The id is "result.audioId" of a completed job')
      .min(1, 'say which file: /download?fid=AUDIO_ID. The id is "result.audioId" of a completed job')
      .describe('Id of the audio: `result.audioId` of a completed job.'),
    inline,
  }),
  headers: rangeHeaders,
  answers: fileAnswers,
  problems: [queryInvalid, fileUnknown, audioExpired, ...fileProblems],
})

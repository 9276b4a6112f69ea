import {
  defineEndpoint,
  defineProblem,
  type EndpointAnswer,
  queryInvalid,
} from '@jackalope/service-kit/endpoint'
import { z } from 'zod'
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

const fileHeaders = {
  'Accept-Ranges': '`bytes`: ranges are served.',
  'Content-Disposition': 'Name of the file (RFC 6266).',
  'Content-Length': 'Bytes of this answer.',
  ETag: 'Tag of the file; a file never changes.',
  'Last-Modified': 'When the file was stored.',
}

const fileAnswers = {
  200: { description: 'The whole file', contentTypes: ['audio/mpeg'], headers: fileHeaders },
  206: {
    description: 'A range of the file',
    contentTypes: ['audio/mpeg'],
    headers: { ...fileHeaders, 'Content-Range': 'The range and the length of the whole file.' },
  },
  304: { description: 'The file that the client has is current' },
} satisfies Record<number, EndpointAnswer>

const rangeHeaders = {
  Range: 'One range of bytes (RFC 9110, section 14.2); several ranges are answered with the whole file.',
  'If-Range': 'Tag or time of the file that the range is of.',
  'If-None-Match': 'Tag of the file that the client has.',
}

export const getJobAudio = defineEndpoint({
  id: 'getJobAudio',
  method: 'GET',
  path: '/jobs/{id}/audio',
  tag: 'Files',
  summary: 'The audio of a completed job',
  access: { scope: 'files:read' },
  params: jobParams,
  headers: rangeHeaders,
  answers: fileAnswers,
  problems: [jobUnknown, audioNotReady, conversionFailed, audioDeleted, fileDeleted, rangeNotSatisfiable],
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
  }),
  headers: rangeHeaders,
  answers: fileAnswers,
  problems: [queryInvalid, fileUnknown, fileDeleted, rangeNotSatisfiable],
})

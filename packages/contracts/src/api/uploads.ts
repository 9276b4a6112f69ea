import { bodyLate, defineEndpoint, defineProblem } from '@jackalope/service-kit/endpoint'
import { z } from 'zod'
import { jobView } from '../job-view.ts'

export const formMalformed = defineProblem({
  code: 'form-malformed',
  status: 400,
  meaning: 'The form is malformed or breaks off (multipart/form-data, RFC 7578).',
})
export const fileTooLarge = defineProblem({
  code: 'file-too-large',
  status: 413,
  meaning: 'The file has more bytes than the service takes. "maxBytes" says how many that are.',
})
export const formTooLarge = defineProblem({
  code: 'form-too-large',
  status: 413,
  meaning: 'The form has too many fields, or too large ones, beside the file.',
})
export const formExpected = defineProblem({
  code: 'form-expected',
  status: 415,
  meaning: 'The video must come in a form (multipart/form-data), in the field "file".',
})
export const fileExpected = defineProblem({
  code: 'file-expected',
  status: 422,
  meaning: 'The form has no file in the field "file".',
})
export const fileEmpty = defineProblem({ code: 'file-empty', status: 422, meaning: 'The file is empty.' })
export const severalFiles = defineProblem({
  code: 'several-files',
  status: 422,
  meaning: 'The form has more than one file. Send each in an upload of its own.',
})

export const upload = defineEndpoint({
  id: 'upload',
  method: 'POST',
  path: '/upload',
  tag: 'Uploads',
  summary: 'Uploads a video, and converts it',
  access: { scope: 'jobs:write' },
  rawBody: { 'multipart/form-data': z.object({ file: z.file().describe('The video.') }) },
  answers: {
    202: {
      description: 'The job that converts the video',
      body: jobView,
      headers: { Location: 'Address of the job.' },
    },
  },
  problems: [
    formMalformed,
    bodyLate,
    fileTooLarge,
    formTooLarge,
    formExpected,
    fileExpected,
    fileEmpty,
    severalFiles,
  ],
  rateClass: 'upload',
  takesIdempotencyKey: true,
})

import { defineEndpoint } from '@jackalope/service-kit/endpoint'
import { z } from 'zod'
import { optionParameters } from '../conversion-option-texts.ts'
import { conversionOptions } from '../conversion-options.ts'
import { jobView } from '../job-view.ts'
import {
  fileExpected,
  formMalformed,
  formTooLarge,
  optionsInvalid,
  partHeadersTooLarge,
  severalFiles,
  uploadProblems,
  videoExpected,
} from './upload-problems.ts'

export * from './resumable-uploads.ts'
export * from './upload-problems.ts'

/** Types of a body that is the video itself. */
const media = { 'video/*': undefined, 'audio/*': undefined, 'application/octet-stream': undefined }

const fileName = z.string().min(1).max(1_000).describe('Name of the file, for display and download.')

const accepted = {
  202: {
    description: 'The job that converts the video',
    body: jobView,
    headers: { Location: 'Address of the job.' },
  },
}

export const upload = defineEndpoint({
  id: 'upload',
  method: 'POST',
  path: '/upload',
  tag: 'Uploads',
  summary: 'Uploads a video, and converts it',
  description:
    'Send a form with the video in the field `file`, or the video itself as the body. What the audio is to be are further fields of the form, or parameters of the query; an unknown one is refused. With `Expect: 100-continue` a refusal comes before the body.',
  access: { scope: 'jobs:write' },
  query: z.object({ fileName: fileName.optional(), ...optionParameters }),
  rawBody: {
    'multipart/form-data': z.object({ file: z.file().describe('The video.'), ...conversionOptions.shape }),
    ...media,
  },
  headers: { 'Content-Disposition': 'Name of a file that is the body itself (RFC 6266).' },
  answers: accepted,
  problems: [
    formMalformed,
    partHeadersTooLarge,
    formTooLarge,
    videoExpected,
    fileExpected,
    severalFiles,
    optionsInvalid,
    ...uploadProblems,
  ],
  rateClass: 'upload',
  takesIdempotencyKey: true,
})

export const uploadFile = defineEndpoint({
  id: 'uploadFile',
  method: 'PUT',
  path: '/upload/{fileName}',
  tag: 'Uploads',
  summary: 'Uploads a video as the body, and converts it',
  description: 'For programs: `curl -T video.mp4 .../upload/` does this. Each upload makes a job of its own.',
  access: { scope: 'jobs:write' },
  params: z.object({ fileName }),
  query: z.object(optionParameters),
  rawBody: media,
  answers: accepted,
  problems: [videoExpected, optionsInvalid, ...uploadProblems],
  rateClass: 'upload',
  takesIdempotencyKey: true,
})

import { defineEndpoint } from '@jackalope/service-kit/endpoint'
import { z } from 'zod'
import {
  checksumMismatch,
  checksumUnsupported,
  chunkExpected,
  offsetConflict,
  optionsInvalid,
  tusProblems,
  uploadComplete,
  uploadExpired,
  uploadProblems,
  uploadUnknown,
} from './upload-problems.ts'

const params = z.object({ id: z.string().regex(/^[0-9a-f]{24}$/) })
const chunk = { 'application/offset+octet-stream': undefined }
const tag = 'Uploads'

const version = { 'Tus-Resumable': 'Version of the protocol, 1.0.0.' }
const checksum = {
  'Upload-Checksum': 'Algorithm (sha1, sha256), a space, and the digest of the body in Base64.',
}

const problemHeaders = {
  'Tus-Resumable?': 'Version of the protocol.',
  'Tus-Version?': 'Versions of the protocol that the service knows.',
}

/** Headers of an answer to the last bytes. */
const job = {
  'Jackalope-Job-Id?': 'Id of the job that converts the video.',
  'Content-Location?': 'Address of the job.',
}
const progress = {
  'Tus-Resumable': 'Version of the protocol.',
  'Upload-Offset?': 'Bytes that are stored.',
  'Upload-Expires?': 'Until when the upload may be resumed.',
}

/** An upload that can be resumed: the answer of `GET /uploads/{id}`. */
const uploadView = z.object({
  id: z.string(),
  fileName: z.string(),
  totalBytes: z.number().describe('Size of the file, in bytes.'),
  offset: z.number().describe('Bytes that are stored.'),
  expiresAt: z.iso.datetime().optional().describe('Until when the upload may be resumed.'),
  jobId: z.string().optional().describe('The job that converts the video, when the upload is complete.'),
})

export const createUpload = defineEndpoint({
  id: 'createUpload',
  method: 'POST',
  path: '/uploads',
  tag,
  summary: 'Begins an upload that can be resumed',
  description:
    'The protocol [tus 1.0.0](https://tus.io/protocols/resumable-upload) with creation, creation-with-upload, termination, checksum and expiration; its clients, such as tus-js-client, work. The metadata `filename` and `filetype` describe the video; the options of the conversion are metadata, too, such as `format`. An upload may be resumed for a day, at any replica.',
  access: { scope: 'jobs:write' },
  headers: {
    ...version,
    ...checksum,
    'Upload-Length': 'Size of the file, in bytes.',
    'Upload-Metadata': 'Pairs of a name and a value in Base64, with commas between them.',
  },
  takesIdempotencyKey: true,
  rawBody: chunk,
  answers: {
    201: { description: 'The upload', headers: { Location: 'Address of the upload.', ...progress, ...job } },
  },
  problemHeaders,
  problems: [optionsInvalid, checksumUnsupported, checksumMismatch, ...tusProblems, ...uploadProblems],
  rateClass: 'upload',
})

export const getUpload = defineEndpoint({
  id: 'getUpload',
  method: 'GET',
  path: '/uploads/{id}',
  tag,
  summary: 'How far an upload is',
  description: '`HEAD` is for clients of tus, `GET` for everybody else.',
  access: { scope: 'jobs:write' },
  params,
  headers: version,
  answers: {
    200: {
      description: 'The upload',
      body: uploadView,
      headers: {
        ...progress,
        ...job,
        'Upload-Length?': 'Size of the file, in bytes (HEAD).',
        'Upload-Metadata?': 'As it was sent (HEAD).',
      },
    },
  },
  problemHeaders,
  problems: [uploadUnknown, uploadExpired, ...tusProblems],
})

export const appendToUpload = defineEndpoint({
  id: 'appendToUpload',
  method: 'PATCH',
  path: '/uploads/{id}',
  tag,
  summary: 'Goes on with an upload',
  description: 'The answer to the last bytes names the job that converts the video.',
  access: { scope: 'jobs:write' },
  params,
  headers: { ...version, ...checksum, 'Upload-Offset': 'Where the first byte of the body belongs.' },
  rawBody: chunk,
  answers: { 204: { description: 'The bytes are stored', headers: { ...progress, ...job } } },
  problemHeaders,
  problems: [
    uploadUnknown,
    uploadExpired,
    offsetConflict,
    chunkExpected,
    checksumUnsupported,
    checksumMismatch,
    ...tusProblems,
    ...uploadProblems,
  ],
})

export const deleteUpload = defineEndpoint({
  id: 'deleteUpload',
  method: 'DELETE',
  path: '/uploads/{id}',
  tag,
  summary: 'Gives an upload up',
  access: { scope: 'jobs:write' },
  params,
  headers: version,
  answers: {
    204: { description: 'What was stored has been removed', headers: { 'Tus-Resumable': 'Version.' } },
  },
  problemHeaders,
  problems: [uploadUnknown, uploadExpired, uploadComplete, ...tusProblems],
})

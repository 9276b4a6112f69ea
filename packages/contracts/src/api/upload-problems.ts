import { defineProblem } from '@jackalope/service-kit/endpoint'

export const formMalformed = defineProblem({
  code: 'form-malformed',
  status: 400,
  meaning: 'The form is malformed or breaks off (multipart/form-data, RFC 7578). The detail says where.',
})
export const partHeadersTooLarge = defineProblem({
  code: 'part-headers-too-large',
  status: 400,
  meaning: 'The headers of a part of the form are too large. "maxBytes" says how many bytes they may have.',
})
export const uploadTooSlow = defineProblem({
  code: 'upload-too-slow',
  status: 408,
  meaning: 'Too little of the body arrived within a minute. "minBytesPerSecond" says how much it must be.',
})
export const fileTooLarge = defineProblem({
  code: 'file-too-large',
  status: 413,
  meaning: 'The file has more bytes than the service takes. "maxBytes" says how many that are.',
})
export const storageQuotaExceeded = defineProblem({
  code: 'storage-quota-exceeded',
  status: 413,
  meaning:
    'The file does not fit what you may store. "maxBytes" says how much that is, "storedBytes" what you store, uploads that run included. Delete jobs, or wait until files expire.',
})
export const formTooLarge = defineProblem({
  code: 'form-too-large',
  status: 413,
  meaning: 'The form has too many fields, or too large ones, beside the file.',
})
export const videoExpected = defineProblem({
  code: 'video-expected',
  status: 415,
  meaning:
    'The video must come in a form (multipart/form-data), in the field "file", or as the body itself (video/*, audio/*, application/octet-stream).',
})
export const fileExpected = defineProblem({
  code: 'file-expected',
  status: 422,
  meaning: 'The form has no file in the field "file".',
})
export const optionsInvalid = defineProblem({
  code: 'options-invalid',
  status: 422,
  meaning:
    'An option of the conversion is unknown, or has a value that it cannot have. "errors" names each field.',
})
export const fileEmpty = defineProblem({ code: 'file-empty', status: 422, meaning: 'The file is empty.' })
export const severalFiles = defineProblem({
  code: 'several-files',
  status: 422,
  meaning: 'The form has more than one file. Send each in an upload of its own.',
})
export const tooManyUploads = defineProblem({
  code: 'too-many-uploads',
  status: 429,
  meaning: 'You have too many uploads at once. Wait until one of them has ended.',
})
export const tooManyOpenJobs = defineProblem({
  code: 'too-many-open-jobs',
  status: 429,
  meaning:
    'You have as many jobs that have not ended as you may have. "maxJobs" and "openJobs" say how many. Wait until one has ended.',
})
export const quotaUsedUp = defineProblem({
  code: 'upload-quota-used-up',
  status: 429,
  meaning: 'Without a confirmed mail address no more uploads are possible today. Confirm the address.',
})
export const uploadsBusy = defineProblem({
  code: 'uploads-busy',
  status: 503,
  meaning: 'Too many uploads run at the moment. Send it again after "Retry-After" seconds.',
})
export const storeFull = defineProblem({
  code: 'store-full',
  status: 507,
  meaning: 'The store of files has no room for this file. Try again later, or tell the operator.',
})

export const tusHeadersInvalid = defineProblem({
  code: 'tus-headers-invalid',
  status: 400,
  meaning:
    'A header of the protocol tus is missing, malformed, or asks for an extension that the service has not.',
})
export const checksumUnsupported = defineProblem({
  code: 'checksum-unsupported',
  status: 400,
  meaning: 'The header "Upload-Checksum" is malformed, or names an unknown algorithm.',
})
export const uploadUnknown = defineProblem({
  code: 'upload-unknown',
  status: 404,
  meaning: 'You have no such upload.',
})
export const offsetConflict = defineProblem({
  code: 'upload-offset-conflict',
  status: 409,
  meaning: 'The upload has another offset than the request says. Ask for it by HEAD.',
})
export const uploadComplete = defineProblem({
  code: 'upload-complete',
  status: 409,
  meaning: 'The upload is complete, and cannot be given up any more. Delete its job instead.',
})
export const uploadExpired = defineProblem({
  code: 'upload-expired',
  status: 410,
  meaning: 'The upload was begun over a day ago. Begin a new one.',
})
export const tusVersionUnsupported = defineProblem({
  code: 'tus-version-unsupported',
  status: 412,
  meaning: 'The request has no header "Tus-Resumable", or one with another version than 1.0.0.',
})
export const chunkExpected = defineProblem({
  code: 'chunk-expected',
  status: 415,
  meaning: 'The body must have the type application/offset+octet-stream.',
})
export const uploadLocked = defineProblem({
  code: 'upload-locked',
  status: 423,
  meaning: 'Another request of this upload still runs. Try again in a few seconds.',
})
export const checksumMismatch = defineProblem({
  code: 'checksum-mismatch',
  status: 460,
  meaning: 'The bytes have another checksum than "Upload-Checksum" says. They were dropped: send them again.',
})

/** Problems of requests of the protocol tus. */
export const tusProblems = [tusHeadersInvalid, tusVersionUnsupported, uploadLocked] as const

/** Problems that every upload may have, whatever its form. */
export const uploadProblems = [
  uploadTooSlow,
  fileTooLarge,
  storageQuotaExceeded,
  fileEmpty,
  tooManyUploads,
  tooManyOpenJobs,
  quotaUsedUp,
  uploadsBusy,
  storeFull,
] as const

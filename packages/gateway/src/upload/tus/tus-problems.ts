import { BlobStoreError, type BlobStoreErrorCode } from '@jackalope/blob-store'
import { uploads } from '@jackalope/contracts/api'
import { HttpProblem, problem } from '@jackalope/service-kit'
import type { ProblemKind } from '@jackalope/service-kit/endpoint'
import { translateStoreError } from '../../http/translate-store-errors.ts'

/** Version of the protocol. */
export const tusVersion = '1.0.0'

/** What @tus/server refuses, by the status that it answers with. */
const kinds: Readonly<Record<number, ProblemKind>> = {
  400: uploads.tusHeadersInvalid,
  403: uploads.tusHeadersInvalid,
  404: uploads.uploadUnknown,
  409: uploads.offsetConflict,
  410: uploads.uploadExpired,
  412: uploads.tusVersionUnsupported,
  413: uploads.fileTooLarge,
  501: uploads.tusHeadersInvalid,
}

const blobKinds: Partial<Record<BlobStoreErrorCode, ProblemKind>> = {
  ERR_BLOB_BUSY: uploads.uploadLocked,
  ERR_BLOB_NOT_FOUND: uploads.uploadUnknown,
  ERR_OFFSET_CONFLICT: uploads.offsetConflict,
}

/** What to do, where @tus/server says no more than what is wrong. */
const advice: Readonly<Record<string, string>> = {
  'Tus-Resumable Required': 'Send the header "Tus-Resumable: 1.0.0".',
  'Upload-Offset header required': 'Send "Upload-Offset", the number of bytes that are there already.',
  'Upload-Offset conflict': 'The upload has another offset: ask for it by HEAD, and go on from there.',
  'Upload-Length or Upload-Defer-Length header required':
    'Send "Upload-Length", the size of the file in bytes.',
}

/** Turns an error of @tus/server, of the store or of our own into the answer. */
export function toTusProblem(error: unknown): unknown {
  const found = findProblem(error)
  if (!(found instanceof HttpProblem)) return found
  const { status, title, detail, code, extensions, cause } = found
  const headers = { ...found.headers, 'Tus-Resumable': tusVersion, 'Tus-Version': tusVersion }
  return new HttpProblem(status, { title, detail, code, extensions, headers, cause })
}

function findProblem(error: unknown): unknown {
  if (error instanceof HttpProblem) return error
  if (error instanceof BlobStoreError) {
    const kind = blobKinds[error.code]
    return kind ? problem(kind, { detail: error.message, cause: error }) : translateStoreError(error)
  }
  const { status_code: status, body = '' } = (error ?? {}) as { status_code?: number; body?: string }
  return (status !== undefined && problemOfAnswer(status, body, error)) || error
}

/** A problem of what @tus/server answers, or throws; `undefined` for a status that is none of the protocol's. */
export function problemOfAnswer(status: number, text: string, cause?: unknown): HttpProblem | undefined {
  const kind = kinds[status]
  return kind && problem(kind, { detail: toSentence(text), cause })
}

function toSentence(text: string): string {
  const said = text.trim()
  const line = Object.hasOwn(advice, said) ? (advice[said] as string) : said
  return line.endsWith('.') ? line : `${line}.`
}

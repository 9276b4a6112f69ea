import { ApiError, errorOf } from '@jackalope/api-client/api-error'
import type { UploadRecord } from './upload-record.ts'

/** Begins an upload at the service (tus 1.0.0, creation). What it refuses is known before a byte is sent.
 *  @returns the path of its address: the service may be reached by another name than it knows
 *  @throws {ApiError} */
export async function createUpload(record: UploadRecord, signal: AbortSignal): Promise<string> {
  const metadata = {
    filename: record.fileName,
    ...(record.type && { filetype: record.type }),
    ...record.options,
  }
  const response = await fetch('/uploads', {
    method: 'POST',
    signal,
    headers: {
      'Tus-Resumable': '1.0.0',
      'Upload-Length': String(record.sizeBytes),
      'Upload-Metadata': encodeMetadata(metadata),
    },
  }).catch(cause => {
    signal.throwIfAborted()
    throw new ApiError('There is no answer.', { status: 0, code: 'no-answer', cause })
  })
  if (!response.ok) throw errorOf(response, await response.json().catch(() => undefined))
  // An answer that is not read to its end counts as broken off.
  await response.text()
  const location = response.headers.get('Location') ?? ''
  return new URL(location, globalThis.location.href).pathname
}

/** `Upload-Metadata`: names, and values in Base64. */
export function encodeMetadata(metadata: Readonly<Record<string, string>>): string {
  return Object.entries(metadata)
    .map(([name, value]) => `${name} ${toBase64(value)}`)
    .join(',')
}

function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}

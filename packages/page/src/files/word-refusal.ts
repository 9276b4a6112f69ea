import type { ApiError } from '../api/client.ts'
import { formatBytes } from '../texts/format-amounts.ts'
import { language } from '../texts/language.ts'
import type { Unsendable } from '../uploads/add-files.ts'
import type { UploadRecord } from '../uploads/upload-record.ts'
import { fileTexts } from './file-texts.ts'
import { wordError } from './word-error.ts'

/** Says why a file is not taken: for a reason that is known here, or in the service's answer. */
export function wordRefusal({ sizeBytes }: UploadRecord): (error: unknown) => string {
  return error => {
    const { reason } = (error ?? {}) as Partial<Unsendable>
    const { code, members } = (error ?? {}) as Partial<ApiError>
    const { tooLarge, empty } = fileTexts().state
    const bytes = (count: number) => formatBytes(count, language.value)
    if (reason === 'empty') return empty
    if (reason === 'too-large')
      return tooLarge(bytes(sizeBytes), bytes((error as { maxBytes: number }).maxBytes))
    if (code === 'file-too-large' && typeof members?.maxBytes === 'number')
      return tooLarge(bytes(sizeBytes), bytes(members.maxBytes))
    return wordError(error)
  }
}

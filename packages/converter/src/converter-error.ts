import type { Explained, Explanation } from '@jackalope/contracts'

/** Faults of the uploaded file or of its stored data: another attempt cannot help. */
const permanentCodes = [
  'ERR_FILE_EMPTY',
  'ERR_FILE_NOT_MEDIA',
  'ERR_FILE_DAMAGED',
  'ERR_FILE_TOO_DEMANDING',
  'ERR_NO_AUDIO',
  'ERR_TRACK_MISSING',
  'ERR_AUDIO_UNSUPPORTED',
  'ERR_AUDIO_TOO_LONG',
  'ERR_AUDIO_TOO_LARGE',
  'ERR_PART_EMPTY',
  'ERR_VIDEO_DELETED',
  'ERR_AUDIO_DELETED',
] as const

/** Faults of this machine or of a server: the next attempt may succeed. */
type TransientCode =
  | 'ERR_DISK_FULL'
  | 'ERR_TOOL_UNUSABLE'
  | 'ERR_TOOL_FAILED'
  | 'ERR_OUTPUT_UNSOUND'
  | 'ERR_COPY_INCOMPLETE'

export type ConverterErrorCode = (typeof permanentCodes)[number] | TransientCode

/** Base of the converter's own errors. The message of a permanent error is shown to the owner of the video. `code` is
 *  stable, `message` is not. */
export class ConverterError extends Error {
  readonly code: ConverterErrorCode
  /** The message of a permanent error as data. */
  readonly explanation: Explanation | undefined

  /** @param told - for the owner of the file; a plain text is for operators */
  constructor(code: ConverterErrorCode, told: Explained | string, options?: ErrorOptions) {
    super(typeof told === 'string' ? told : told.text, options)
    this.name = new.target.name
    this.code = code
    this.explanation = typeof told === 'string' ? undefined : told.explanation
  }

  get isPermanent(): boolean {
    return permanentCodes.some(code => code === this.code)
  }
}

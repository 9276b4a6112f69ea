import type { BlobInfo } from '@jackalope/blob-store'
import { type ConversionOptions, conversionOptions } from '@jackalope/contracts'

/** Metadata field of a video with what its upload asked for: a job that is added again asks for the same. */
export const optionsField = 'options'

/** What the upload of a video asked for; the defaults for a video of an earlier version. */
export function videoOptions({ metadata }: Pick<BlobInfo, 'metadata'>): ConversionOptions {
  const parsed = conversionOptions.safeParse(metadata[optionsField] ?? {})
  return parsed.success ? parsed.data : conversionOptions.parse({})
}

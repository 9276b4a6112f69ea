import { z } from 'zod'
import { conversionResult } from './conversion-result.ts'
import { explanation } from './explanations/schema.ts'

// How a conversion ended is written into its video's metadata before anybody is told: Redis may lose or forget the job. A
// field that is set never changes. A job that failed or was canceled may be tried again by its owner: then a new round
// begins, with an end of its own.

/** The attempt that ended a conversion. */
export const lastAttempt = z.object({
  /** Attempts that were made, this one included. */
  attemptsMade: z.number(),
  startedAt: z.iso.datetime().optional(),
  finishedAt: z.iso.datetime(),
})
export type LastAttempt = z.infer<typeof lastAttempt>

/** How a conversion ended without a result. */
export const conversionEnd = lastAttempt.extend({
  state: z.enum(['failed', 'canceled']),
  /** In words for the owner. */
  error: z.string(),
  /** The same as data. */
  explanation: explanation.optional(),
})
export type ConversionEnd = z.infer<typeof conversionEnd>

/** A result as the video's metadata have it. One that an earlier version has written lacks `last`. */
export const claimedResult = conversionResult.extend({ last: lastAttempt.optional() })
export type ClaimedResult = z.infer<typeof claimedResult>

type Metadata = Readonly<Record<string, unknown>>

/** Metadata field of a video that has the result of its conversion. */
export const resultField = 'result'

/** How often the owner of a job may try it again. */
export const maxRetries = 100

/** How often the job was tried again by its owner. */
export function retriesOf(metadata: Metadata): number {
  let retries = 0
  while (beginsRound(metadata, retryField(retries + 1))) retries += 1
  return retries
}

/** In place of a retry: the uploaded file goes, since its time is over, and no other round begins. The first of the two stands. */
export const sourceExpiry = z.object({ expiredAt: z.iso.datetime() })

function beginsRound(metadata: Metadata, field: string): boolean {
  return Object.hasOwn(metadata, field) && !sourceExpiry.safeParse(metadata[field]).success
}

/** Metadata field that begins a round, or says that no other one begins.
 *  @param retry - 1 for the first */
export function retryField(retry: number): string {
  return `retry${retry}`
}

/** Metadata field of the end of the round that runs. */
export function endField(metadata: Metadata): string {
  return `end${retriesOf(metadata)}`
}

/** The result of a video's conversion, if it has one. */
export function readResult(metadata: Metadata): ClaimedResult | undefined {
  const read = claimedResult.safeParse(metadata[resultField])
  return read.success ? read.data : undefined
}

/** How a video's conversion ended without a result; `undefined` while it has not ended, or was begun again since. */
export function readEnd(metadata: Metadata): ConversionEnd | undefined {
  const read = conversionEnd.safeParse(metadata[endField(metadata)])
  return read.success ? read.data : undefined
}

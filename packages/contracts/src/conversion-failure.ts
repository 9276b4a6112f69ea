import { type Explained, type Explanation, explained, textOf } from './explanations/explain.ts'
import { explanation as schema } from './explanations/schema.ts'

/** The failure of a conversion, or of its last attempt. */
export interface ConversionFailure {
  failedReason: string
  /** Stack trace of the last attempt. */
  stacktrace: string | undefined
  /** What the job's data say of it. They may tell of an earlier failure. */
  explanation?: unknown
}

/** A failure in words for the owner, and the same as data where that is known. */
export type ToldFailure = Pick<Explained, 'text'> & Partial<Explained>

/** What the owner is told of a final failure. The gateway and the mail show the same. */
export function explainFinalFailure(failure: ConversionFailure): ToldFailure {
  if (!isVerdict(failure)) return explained('fault-of-ours', {})
  const { failedReason: text, explanation } = failure
  return { text, explanation: explanationOf(text, explanation) }
}

/** Gives back what explains a text, if it does. */
function explanationOf(text: string, candidate: unknown): Explanation | undefined {
  const { data } = schema.safeParse(candidate)
  return data && textOf(data) === text ? data : undefined
}

/** Reasons with which a conversion is canceled; they follow "Canceled: ". */
export const canceledByOwner = 'by its owner'
export const deletedByOwner = 'its video was deleted'

/** The failure of a canceled conversion, as worker-kit writes it. */
export function canceledText(reason: string): string {
  return `Canceled: ${reason}`
}

/** Failure of a conversion whose video is gone. */
export const videoDeletedReason = explained('video-deleted', {}).text

/** Whether a conversion failed because somebody canceled it. */
export function isCanceled(failedReason: string): boolean {
  return /^Canceled(:|$)/.test(failedReason)
}

/** Errors of the converter about a file are written for users. Other errors may show internals of the system. */
export function isVerdict({ failedReason, stacktrace }: ConversionFailure): boolean {
  const isFinal = stacktrace?.startsWith('UnrecoverableError') ?? false
  return isFinal && !systemsVerdicts.some(pattern => pattern.test(failedReason))
}

/** Thrown by BullMQ and worker-kit with the same class as errors about a file. */
const systemsVerdicts = [/^job (stalled|started) more than allowable limit/, /^The payload does not fit/]

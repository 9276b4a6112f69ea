/** The failure of a conversion, or of its last attempt. */
export interface ConversionFailure {
  failedReason: string
  /** Stack trace of the last attempt. */
  stacktrace: string | undefined
}

/** The reason of a final failure in words for the owner. The gateway and the mail show the same. */
export function explainFinalFailure(failure: ConversionFailure): string {
  return isVerdict(failure)
    ? failure.failedReason
    : 'The conversion failed for a reason of ours, at every attempt. Upload the video again later.'
}

/** Reasons with which a conversion is canceled; they follow "Canceled: ". */
export const canceledByOwner = 'by its owner'
export const deletedByOwner = 'its video was deleted'

/** The failure of a canceled conversion, as worker-kit writes it. */
export function canceledText(reason: string): string {
  return `Canceled: ${reason}`
}

/** Failure of a conversion whose video is gone. */
export const videoDeletedReason = 'The video was deleted.'

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

/** How a conversion ended, or its last attempt. */
export interface ConversionFailure {
  failedReason: string
  /** Of the last attempt. */
  stacktrace: string | undefined
}

/** The reason of a final failure as its owner is told it: by the gateway, and by mail. */
export function explainFinalFailure(failure: ConversionFailure): string {
  return isVerdict(failure)
    ? failure.failedReason
    : 'The conversion failed for a reason of ours, at every attempt. Upload the video again later.'
}

/** The converter's own verdicts are written for users. Any other error is the system's, and may name its insides. */
export function isVerdict({ failedReason, stacktrace }: ConversionFailure): boolean {
  const isFinal = stacktrace?.startsWith('UnrecoverableError') ?? false
  return isFinal && !systemsVerdicts.some(pattern => pattern.test(failedReason))
}

/** Thrown like verdicts, by BullMQ and worker-kit. */
const systemsVerdicts = [/^job (stalled|started) more than allowable limit/, /^The payload does not fit/]

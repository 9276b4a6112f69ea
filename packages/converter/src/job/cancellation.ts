/** Whether an attempt ended because its job was canceled. */
export function isCancellation(reason: unknown): reason is Error {
  return reason instanceof Error && (reason as { code?: unknown }).code === 'ERR_JOB_CANCELED'
}

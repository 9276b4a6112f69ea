/** What a failed request tells: an `ApiError` is one. */
export interface Problem {
  /** Status of the answer; 0 when there was none. */
  status: number
  /** Stable name (docs/problems.md); `no-answer` when there was none. */
  code: string
  /** In the service's words, which are English. */
  message?: string
  requestId?: string | undefined
  /** How long to wait before the request is sent again, in milliseconds. */
  retryAfterMs?: number | undefined
  errors?: readonly { field: string; detail: string }[]
}

/** Any failure as a problem: what is none of the API's is a fault of this page. */
export function problemOf(error: unknown): Problem {
  const { status, code } = (error ?? {}) as Partial<Problem>
  if (typeof status === 'number' && typeof code === 'string') return error as Problem
  return { status: 500, code: 'internal-error', message: String(error) }
}

/** Whether the request failed since nobody is signed in any more. */
export function isSignedOut({ status, code }: Problem): boolean {
  return status === 401 && code.startsWith('token-')
}

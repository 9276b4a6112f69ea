/** An answer of status 400 or more, or no answer. The message says what is wrong. */
export class ApiError extends Error {
  /** Status of the answer; 0 when there was none. */
  readonly status: number
  /** Stable name of the problem (docs/problems.md); `no-answer` when there was none. */
  readonly code: string
  /** Id to quote in a report. */
  readonly requestId: string | undefined
  /** How long to wait before the request is sent again, in milliseconds, when the answer says so. */
  readonly retryAfterMs: number | undefined
  /** What is wrong with each member of the body, of `invalid-fields` and `options-invalid`; else empty. */
  readonly errors: readonly FieldError[]
  /** All members of the answer, such as `maxBytes`. */
  readonly members: Readonly<Record<string, unknown>>

  constructor(message: string, details: ApiErrorDetails) {
    const { status, code, requestId, retryAfterMs, errors = [], members = {}, cause } = details
    super(message, { cause })
    this.name = new.target.name
    this.status = status
    this.code = code
    this.requestId = requestId
    this.retryAfterMs = retryAfterMs
    this.errors = errors
    this.members = members
  }
}

/** A member of a body that was refused. */
export interface FieldError {
  /** Its name; of a member within another, with dots between them. */
  field: string
  /** Why, in words that follow the name. */
  detail: string
}

interface ApiErrorDetails {
  status: number
  code: string
  requestId?: string
  retryAfterMs?: number
  errors?: readonly FieldError[]
  members?: Readonly<Record<string, unknown>>
  cause?: unknown
}

/** Reads a problem (RFC 9457). Something else than the service, such as a proxy, may have answered in its place. */
export function errorOf(response: Response, body: unknown): ApiError {
  const members = (typeof body === 'object' && body ? body : {}) as Record<string, unknown>
  const { title, detail, code, requestId } = members as Record<string, string>
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN)
  return new ApiError(detail ?? title ?? `The answer has the status ${response.status}`, {
    status: response.status,
    code: code ?? 'unknown',
    requestId: requestId ?? response.headers.get('X-Request-Id') ?? undefined,
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1_000 : undefined,
    errors: fieldErrorsOf(body),
    members,
  })
}

function fieldErrorsOf(body: unknown): FieldError[] {
  const { errors } = (typeof body === 'object' && body ? body : {}) as { errors?: unknown }
  return Array.isArray(errors) ? errors.filter(isFieldError) : []
}

function isFieldError(value: unknown): value is FieldError {
  const { field, detail } = (value ?? {}) as Partial<FieldError>
  return typeof field === 'string' && typeof detail === 'string'
}

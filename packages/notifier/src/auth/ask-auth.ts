import type { z } from 'zod'
import { NotifierError } from '../notifier-error.ts'

export interface AuthOptions {
  /** Address of auth, without a trailing slash. */
  authUrl: string
  serviceToken: string
  /** Longest wait for an answer, in milliseconds. @default 5_000 */
  timeoutMs?: number
}

export interface AuthQuestion<Schema extends z.ZodType> {
  /** @default GET */
  method?: string
  path: string
  /** Sent as JSON. @default none */
  body?: unknown
  /** What is asked for, in errors, such as `user 4711`: no address and no secret. */
  what: string
  schema: Schema
  /** Whether this is what was asked for. */
  isRight: (answer: z.output<Schema>) => boolean
  verdicts: Verdicts
}

/** Final answers of auth, by the `code` of their problem details: the error that each means. */
export type Verdicts = Readonly<Record<string, () => NotifierError>>

/** Asks auth, or tells it something, for every mail anew: a cached address could outlive the account.
 *  @throws {NotifierError} an error of `verdicts`, `ERR_AUTH_REFUSED`, `ERR_AUTH_UNAVAILABLE` */
export async function askAuth<Schema extends z.ZodType>(
  { authUrl, serviceToken, timeoutMs = 5_000 }: AuthOptions,
  { method, path, body, what, schema, isRight, verdicts }: AuthQuestion<Schema>,
  signal: AbortSignal,
): Promise<z.output<Schema>> {
  try {
    const response = await fetch(authUrl + path, {
      method,
      headers: {
        ...{ authorization: `Bearer ${serviceToken}`, accept: 'application/json' },
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      // A redirect would send the token to another server.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
    if (response.status !== 200)
      throw authFailure(response.status, await readProblemCode(response), { what, verdicts })
    const parsed = schema.safeParse(await response.json())
    if (parsed.success && isRight(parsed.data)) return parsed.data
    throw new NotifierError('ERR_AUTH_UNAVAILABLE', `auth's answer is not ${what}`)
  } catch (error) {
    if (error instanceof NotifierError) throw error
    throw new NotifierError('ERR_AUTH_UNAVAILABLE', `auth cannot be asked: ${reasonOf(error)}`, {
      cause: error,
    })
  }
}

/** What an answer of auth other than 200 means. Final is only what auth itself says by a code: any other server answers an
 *  unknown path with 404, too.
 *  @param code - of the problem details in the answer, if there are any. */
export function authFailure(
  status: number,
  code: string | undefined,
  { what, verdicts }: Pick<AuthQuestion<z.ZodType>, 'what' | 'verdicts'>,
): NotifierError {
  const verdict = code === undefined || !Object.hasOwn(verdicts, code) ? undefined : verdicts[code]
  if (verdict && (status === 404 || status === 410)) return verdict()
  if (status === 401 || status === 403)
    return new NotifierError(
      'ERR_AUTH_REFUSED',
      `auth refuses our service token (${status}); give auth and notifier the same SERVICE_TOKEN`,
    )
  if (status === 404)
    return new NotifierError(
      'ERR_AUTH_UNAVAILABLE',
      `AUTH_URL answers 404 to a question about ${what}; is it the address of auth?`,
    )
  return new NotifierError('ERR_AUTH_UNAVAILABLE', `auth answered ${status} when asked for ${what}`)
}

async function readProblemCode(response: Response): Promise<string | undefined> {
  try {
    const problem: unknown = await response.json()
    const code = (problem as { code?: unknown } | null)?.code
    return typeof code === 'string' ? code : undefined
  } catch {
    return undefined
  }
}

/** The message of fetch's error is only "fetch failed"; its cause has the reason. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error
  return cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : message
}

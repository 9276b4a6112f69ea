import { unavailable } from '@jackalope/service-kit'

/** Argon2 and a busy machine take their time. In milliseconds. */
const timeoutMs = 10_000

export interface AuthRequest {
  path: string
  headers: Headers
  body: Buffer
}

export interface AuthClient {
  /** Sends a POST request; gives the answer, whatever its status.
   *  @throws {HttpProblem} 503 when auth does not answer. */
  post(request: AuthRequest): Promise<Response>
  /** Resolves when auth answers. */
  check(): Promise<void>
}

/** @param authUrl - without a trailing slash. */
export function createAuthClient(authUrl: string): AuthClient {
  return {
    async post({ path, headers, body }) {
      try {
        const response = await fetch(authUrl + path, {
          method: 'POST',
          headers,
          body: body.length > 0 ? new Uint8Array(body) : undefined,
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
        })
        // Read to the end here, so that an answer that breaks off is an answer that did not come.
        return new Response(nullIfEmpty(await response.arrayBuffer()), response)
      } catch (error) {
        throw unavailable('The user service', { cause: error })
      }
    },
    async check() {
      const { ok, status } = await fetch(`${authUrl}/healthz`, { signal: AbortSignal.timeout(timeoutMs) })
      if (!ok) throw new Error(`auth answered ${status}`)
    },
  }
}

function nullIfEmpty(body: ArrayBuffer): ArrayBuffer | null {
  return body.byteLength > 0 ? body : null
}

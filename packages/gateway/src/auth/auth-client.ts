import { unavailable } from '@jackalope/service-kit'

/** Longest wait for auth, in milliseconds. Hashing on a busy machine takes seconds. */
const timeoutMs = 10_000

export interface AuthRequest {
  /** @default POST */
  method?: string
  /** With the query. */
  path: string
  headers: Headers
  body: Buffer
}

export interface AuthClient {
  /** Sends a request; gives the answer with any status.
   *  @throws {HttpProblem} 503 when auth does not answer */
  send(request: AuthRequest): Promise<Response>
  /** The same in the gateway's own name, for endpoints between services. */
  sendAsService(
    request: Omit<AuthRequest, 'headers'> & { headers?: Readonly<Record<string, string>> },
  ): Promise<Response>
  /** Resolves when auth answers. */
  check(): Promise<void>
}

export interface AuthClientOptions {
  /** Without a trailing slash. */
  authUrl: string
  /** Proves to auth that `X-Client-Address` of a request is the gateway's word. */
  serviceToken: string
}

export function createAuthClient({ authUrl, serviceToken }: AuthClientOptions): AuthClient {
  const client: AuthClient = {
    async send({ method = 'POST', path, headers: given, body }) {
      const headers = new Headers(given)
      headers.set('X-Service-Token', serviceToken)
      try {
        const response = await fetch(authUrl + path, {
          method,
          headers,
          body: body.length > 0 ? new Uint8Array(body) : undefined,
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
        })
        // Read the whole answer here: an answer that breaks off is a 503 too.
        return new Response(nullIfEmpty(await response.arrayBuffer()), response)
      } catch (error) {
        throw unavailable('The user service', { cause: error })
      }
    },
    sendAsService(request) {
      const own = { Authorization: `Bearer ${serviceToken}`, 'Content-Type': 'application/json' }
      const headers = { ...request.headers, ...own }
      return client.send({ ...request, headers: new Headers(headers) })
    },
    async check() {
      const { ok, status } = await fetch(`${authUrl}/healthz`, { signal: AbortSignal.timeout(timeoutMs) })
      if (!ok) throw new Error(`auth answered ${status}`)
    },
  }
  return client
}

function nullIfEmpty(body: ArrayBuffer): ArrayBuffer | null {
  return body.byteLength > 0 ? body : null
}

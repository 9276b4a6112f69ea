import { CliError } from '../cli-error.ts'
import { multipartFile } from './multipart-file.ts'

export interface Credentials {
  email: string
  password: string
}

/** The part of the answer of `GET /jobs/:id` that is used here. */
export interface Job {
  id: string
  state: string
  /** In percent, 0 to 100. */
  progress: number
  attemptsMade: number
  attempts: number
  error?: string
  result?: { fileName: string; sizeBytes: number; durationSeconds: number }
}

/** A client of the gateway's HTTP API. Every method throws `CliError` with the gateway's explanation. */
export interface GatewayClient {
  register(credentials: Credentials): Promise<void>
  /** Opens a page; gives its HTML. */
  page(path: string): Promise<string>
  /** Sends a form of a page. */
  sendForm(path: string, fields: URLSearchParams): Promise<void>
  /** Logs in; gives an access token. */
  login(credentials: Credentials): Promise<string>
  /** Uploads a file; gives the path of the new job. */
  upload(token: string, file: string, onSent: (sentBytes: number, sizeBytes: number) => void): Promise<string>
  /** Asks for a job; gives `undefined` when the gateway cannot answer at the moment. */
  job(token: string, path: string): Promise<Job | undefined>
  audio(token: string, path: string): Promise<ReadableStream<Uint8Array>>
}

const shortMs = 30_000

export function createGatewayClient(baseUrl: string, signal: AbortSignal): GatewayClient {
  const url = (path: string) => new URL(path, baseUrl)
  const within = (limitMs: number) => AbortSignal.any([signal, AbortSignal.timeout(limitMs)])
  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })
  return {
    async register(credentials) {
      const headers = { 'Content-Type': 'application/json' }
      const body = JSON.stringify(credentials)
      await expectOk(
        'register',
        fetch(url('/register'), { method: 'POST', headers, body, signal: within(shortMs) }),
      )
    },

    async page(path) {
      const answer = fetch(url(path), { headers: { Accept: 'text/html' }, signal: within(shortMs) })
      return await (await expectOk('open the link', answer)).text()
    },

    async sendForm(path, fields) {
      const answer = fetch(url(path), { method: 'POST', body: fields, signal: within(shortMs) })
      await (await expectOk('confirm', answer)).body?.cancel()
    },

    async login({ email, password }) {
      const headers = { Authorization: `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}` }
      const answer = fetch(url('/login'), { method: 'POST', headers, signal: within(shortMs) })
      const { access_token } = (await (await expectOk('log in', answer)).json()) as { access_token: string }
      return access_token
    },

    async upload(token, file, onSent) {
      const { headers, body } = await multipartFile('file', file, onSent)
      // fetch needs `duplex` for a stream as body; TypeScript's type does not have it.
      const request = {
        method: 'POST',
        headers: { ...headers, ...bearer(token) },
        body,
        duplex: 'half',
        signal,
      }
      const response = await expectOk('upload', fetch(url('/upload'), request as unknown as RequestInit))
      await response.body?.cancel()
      const location = response.headers.get('Location')
      if (!location) throw new CliError('upload: the answer has no Location')
      return location
    },

    async job(token, path) {
      const answer = fetch(url(path), { headers: bearer(token), signal: within(shortMs) })
      const response = await answer.catch(() => undefined)
      signal.throwIfAborted()
      if (!response || response.status >= 500) {
        await response?.body?.cancel()
        return undefined
      }
      return (await (await expectOk('ask for the job', response)).json()) as Job
    },

    async audio(token, path) {
      const answer = fetch(url(`${path}/audio`), { headers: bearer(token), signal })
      const { body } = await expectOk('download', answer)
      if (!body) throw new CliError('download: the answer is empty')
      return body
    },
  }
}

async function expectOk(action: string, answer: Response | Promise<Response>): Promise<Response> {
  const response = await Promise.resolve(answer).catch((error: Error) => {
    const reason = error.cause instanceof Error ? error.cause.message : error.message
    throw new CliError(`${action}: the gateway does not answer (${reason})`, { cause: error })
  })
  if (response.ok) return response
  const text = await response.text()
  throw new CliError(`${action}: the gateway answered ${response.status}: ${explain(text)}`)
}

// Errors are problem details (RFC 9457).
function explain(text: string): string {
  try {
    const { title, detail } = JSON.parse(text) as { title?: string; detail?: string }
    return detail ?? title ?? text
  } catch {
    return text.slice(0, 500)
  }
}

import { basename } from 'node:path'
import {
  ApiError,
  createClient,
  dataOf,
  type Job,
  keepSession,
  type TokenSource,
  type UploadOptions,
  uploadVideo,
} from '@jackalope/api-client'
import { CliError } from '../cli-error.ts'
import { readReporting } from './read-reporting.ts'

export interface Credentials {
  email: string
  password: string
}

/** A client of the gateway's HTTP API. Every method throws `CliError` with the gateway's explanation. */
export interface GatewayClient {
  register(credentials: Credentials): Promise<void>
  /** Opens a page; gives its HTML. */
  page(path: string): Promise<string>
  /** Sends a form of a page. */
  sendForm(path: string, fields: URLSearchParams): Promise<void>
  /** Logs in; gives access tokens for as long as the conversion takes. */
  login(credentials: Credentials): Promise<TokenSource>
  /** Uploads a file; gives the id of the new job. */
  upload(
    token: TokenSource,
    file: string,
    how: {
      onSent: (sentBytes: number, sizeBytes: number) => void
      /** What the audio is to be. */
      options?: UploadOptions
    },
  ): Promise<string>
  /** Asks for a job; gives `undefined` when the gateway cannot answer at the moment. */
  job(token: TokenSource, id: string): Promise<Job | undefined>
  audio(token: TokenSource, id: string): Promise<ReadableStream<Uint8Array>>
}

const shortMs = 30_000

export function createGatewayClient(baseUrl: string, signal: AbortSignal): GatewayClient {
  const url = (path: string) => new URL(path, baseUrl)
  const within = (limitMs: number) => AbortSignal.any([signal, AbortSignal.timeout(limitMs)])
  const api = (token?: TokenSource) => createClient({ baseUrl, token, signal })
  return {
    async register(credentials) {
      await explained('register', dataOf(api().POST('/register', { body: credentials })))
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
      const tokens = await explained('log in', dataOf(api().POST('/login', { headers })))
      if (typeof tokens === 'string') return async () => tokens
      return keepSession(api(), tokens)
    },

    async upload(token, file, { onSent, options }) {
      const content = await readReporting(file, onSent)
      const video = { fileName: basename(file), content, options }
      const job = await explained('upload', uploadVideo(api(token), video))
      return job.id
    },

    async job(token, id) {
      try {
        return await dataOf(api(token).GET('/jobs/{id}', { params: { path: { id } } }))
      } catch (error) {
        if (error instanceof ApiError && (error.status === 0 || error.status >= 500)) return undefined
        return await explained('ask for the job', Promise.reject(error))
      }
    },

    async audio(token, id) {
      const call = api(token).GET('/jobs/{id}/audio', { params: { path: { id } }, parseAs: 'stream' })
      const body = await explained('download', dataOf<ReadableStream<Uint8Array> | null>(call as never))
      if (!body) throw new CliError('download: the answer is empty')
      return body
    },
  }
}

async function explained<T>(action: string, work: Promise<T>): Promise<T> {
  return await work.catch(error => {
    if (!(error instanceof ApiError)) throw error
    throw new CliError(`${action}: ${error.message}`, { cause: error })
  })
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

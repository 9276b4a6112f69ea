import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { signToken, type TestGateway } from './test-gateway.ts'

export const boundary = 'jackalope-boundary'

/** Sends a form as a browser does. */
export async function upload(
  gateway: TestGateway,
  file: File | Blob = new File(['bytes of a video'], 'song.mp4', { type: 'video/mp4' }),
  { user = 'ada', field = 'file' } = {},
): Promise<Response> {
  const body = new FormData()
  body.set(field, file)
  return await gateway.request('/upload', { method: 'POST', body, user })
}

/** The bytes of one part of a form, with headers in UTF-8. */
export function part(headers: string[], content: string | Buffer): Buffer {
  const head = Buffer.from(`--${boundary}\r\n${headers.join('\r\n')}\r\n\r\n`)
  return Buffer.concat([head, Buffer.from(content), Buffer.from('\r\n')])
}

export function filePart(fileName: string, content: string | Buffer, field = 'file'): Buffer {
  const disposition = `Content-Disposition: form-data; name="${field}"; filename="${fileName}"`
  return part([disposition, 'Content-Type: video/mp4'], content)
}

export const formEnd = Buffer.from(`--${boundary}--\r\n`)

export interface RawAnswer {
  status: number
  headers: IncomingMessage['headers']
  body: Record<string, unknown>
}

/** Sends a form that the test has composed. */
export async function sendForm(
  gateway: TestGateway,
  pieces: Array<Buffer | string>,
  headers: Record<string, string> = {},
): Promise<RawAnswer> {
  const sent = beginForm(gateway, headers)
  for (const piece of pieces) sent.write(piece)
  sent.end()
  return await answerTo(sent)
}

/** A request to `/upload` whose body the test writes. It is chunked unless `headers` has a Content-Length. */
export function beginForm(gateway: TestGateway, headers: Record<string, string> = {}): ClientRequest {
  const sent = request(`${gateway.url}/upload`, {
    method: 'POST',
    agent: false,
    headers: {
      Authorization: `Bearer ${signToken('ada')}`,
      'Content-Type': `multipart/form-data; boundary=${boundary}`,
      ...headers,
    },
  })
  // The server may answer and disconnect before the whole body is sent.
  sent.on('error', () => {})
  return sent
}

export async function answerTo(sent: ClientRequest): Promise<RawAnswer> {
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  const body = await text(response)
  return { status: response.statusCode ?? 0, headers: response.headers, body: JSON.parse(body) }
}

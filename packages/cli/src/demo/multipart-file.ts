import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'

/** A `multipart/form-data` body with one file (RFC 7578), which is read while it is sent. */
export interface MultipartFile {
  headers: Record<string, string>
  body: AsyncIterable<Uint8Array>
}

/** @param onSent - called with the bytes read so far and the size of the file */
export async function multipartFile(
  field: string,
  path: string,
  onSent: (sentBytes: number, sizeBytes: number) => void,
): Promise<MultipartFile> {
  const boundary = `jackalope-${randomUUID()}`
  const { size } = await stat(path)
  const head = Buffer.from(
    `--${boundary}\r\n` +
      `Content-Disposition: form-data; name="${field}"; filename="${escapeName(basename(path))}"\r\n` +
      'Content-Type: application/octet-stream\r\n\r\n',
  )
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  async function* parts(): AsyncGenerator<Uint8Array> {
    yield head
    let sentBytes = 0
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
      yield chunk
      sentBytes += chunk.length
      onSent(sentBytes, size)
    }
    yield tail
  }
  return { headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` }, body: parts() }
}

// Escapes as browsers and curl do (WHATWG HTML, multipart/form-data encoding).
function escapeName(name: string): string {
  return name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
}

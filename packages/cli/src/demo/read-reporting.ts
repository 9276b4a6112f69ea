import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'

/** Bytes of a file, read while they are sent.
 *  @param onSent - called with the bytes read so far and the size of the file */
export async function readReporting(
  path: string,
  onSent: (sentBytes: number, sizeBytes: number) => void,
): Promise<AsyncIterable<Uint8Array>> {
  const { size } = await stat(path)
  async function* pieces(): AsyncGenerator<Uint8Array> {
    let sentBytes = 0
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
      yield chunk
      sentBytes += chunk.length
      onSent(sentBytes, size)
    }
  }
  return pieces()
}

import { createHash, type Hash, timingSafeEqual } from 'node:crypto'
import { uploads } from '@jackalope/contracts/api'
import { problem } from '@jackalope/service-kit'

/** Algorithms of the checksum extension of tus 1.0.0. */
export const checksumAlgorithms = ['sha1', 'sha256'] as const

/** The checksum that a client has announced for the body of its request. */
export class UploadChecksum {
  readonly #hash: Hash
  readonly #expected: Buffer

  constructor(algorithm: (typeof checksumAlgorithms)[number], expected: Buffer) {
    this.#hash = createHash(algorithm)
    this.#expected = expected
  }

  /** Passes a source on, and hashes it. */
  async *watch(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of source) {
      this.#hash.update(piece)
      yield piece
    }
  }

  /** @throws {HttpProblem} 460 */
  verify(): void {
    const digest = this.#hash.digest()
    if (digest.length === this.#expected.length && timingSafeEqual(digest, this.#expected)) return
    throw problem(uploads.checksumMismatch, {
      title: 'Checksum Mismatch',
      detail: 'The bytes that arrived have another checksum. They were dropped: send them again.',
    })
  }
}

/** @param header - `Upload-Checksum`: an algorithm and a digest in Base64
 *  @throws {HttpProblem} 400 */
export function parseChecksum(header: string): UploadChecksum | undefined {
  if (header === '') return undefined
  const [algorithm = '', digest = ''] = header.split(' ', 2)
  const known = checksumAlgorithms.find(name => name === algorithm.toLowerCase())
  if (!known || !/^[A-Za-z\d+/]{20,88}={0,2}$/.test(digest))
    throw problem(uploads.checksumUnsupported, {
      detail: `Upload-Checksum: expected one of ${checksumAlgorithms.join(', ')}, a space, and the digest in Base64.`,
    })
  return new UploadChecksum(known, Buffer.from(digest, 'base64'))
}

import type { IncomingMessage } from 'node:http'
import { type HttpProblem, problem } from '@jackalope/service-kit'
import { bodyLate, bodyTooLarge } from '@jackalope/service-kit/endpoint'

/** Largest body, in bytes. A registration has a few hundred. */
const maxBytes = 16 * 1024

/** Longest wait for the body, in milliseconds. */
const timeoutMs = 10_000

/** Bodies that have been read. */
const read = new WeakMap<IncomingMessage, Promise<Buffer>>()

/** Reads a request's whole body. May be called again.
 *  @throws {HttpProblem} 413 when it is too large, 408 when it does not arrive in time */
export function readSmallBody(request: IncomingMessage): Promise<Buffer> {
  const body = read.get(request) ?? readOnce(request)
  read.set(request, body)
  return body
}

async function readOnce(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge()
  const pieces: Buffer[] = []
  let sizeBytes = 0
  const timedOut = AbortSignal.timeout(timeoutMs)
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const onTimeout = () =>
    reject(problem(bodyLate, { detail: `The body did not arrive within ${timeoutMs} ms.` }))
  const onData = (piece: Buffer) => {
    sizeBytes += piece.length
    if (sizeBytes > maxBytes) reject(tooLarge())
    else pieces.push(piece)
  }
  timedOut.addEventListener('abort', onTimeout)
  // `for await` does not fit: leaving it early destroys the request, and its answer with it.
  request.on('data', onData).once('end', resolve).once('error', reject)
  try {
    await promise
    return Buffer.concat(pieces)
  } finally {
    timedOut.removeEventListener('abort', onTimeout)
    request.off('data', onData).off('end', resolve)
  }
}

function tooLarge(): HttpProblem {
  return problem(bodyTooLarge, { detail: `The body may have ${maxBytes} bytes at most.` })
}

import type { IncomingMessage } from 'node:http'
import { PassThrough, type Readable } from 'node:stream'

/** The body of a request as a stream that may be given up: when it is destroyed, the request stays open for its answer.
 *  It fails with the signal's reason when that is aborted, and when the client goes away. */
export function requestBody(request: IncomingMessage, signal: AbortSignal): Readable {
  const body = new PassThrough()
  const giveUp = () => body.destroy(signal.reason)
  const fail = (error: Error) => body.destroy(error)
  const broken = () => {
    if (!request.complete) body.destroy(new Error('The client went away in the middle of the body.'))
  }
  signal.addEventListener('abort', giveUp, { once: true })
  request.once('error', fail).once('close', broken)
  body.once('close', () => {
    signal.removeEventListener('abort', giveUp)
    request.off('error', fail).off('close', broken).unpipe(body)
  })
  if (signal.aborted) giveUp()
  else request.pipe(body)
  return body
}

import { IncomingMessage, type ServerResponse } from 'node:http'

/** Sends `100 Continue` when the body is first read, for a client that waits with it (RFC 9110, section 10.1.1). So a
 *  refusal by path, headers, rights or limits comes before the body. Node closes the connection after a refusal. */
export function continueOnRead(request: IncomingMessage, response: ServerResponse): void {
  request._read = sizeBytes => {
    request._read = IncomingMessage.prototype._read
    if (!response.headersSent && !response.destroyed) response.writeContinue()
    request._read(sizeBytes)
  }
}

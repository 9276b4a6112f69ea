import type { ServerResponse } from 'node:http'

const cut = new WeakSet<ServerResponse>()

/** Status in log lines and metrics of a request whose client hung up before its answer, as nginx has it. */
const clientClosedRequest = 499

/** Breaks the connection of an answer that cannot be completed, so that the client notices the missing part. */
export function cutOff(response: ServerResponse): void {
  cut.add(response)
  response.destroy()
  // While an earlier answer is sent, a pipelined one has no connection of its own.
  response.req.socket.destroy()
}

/** Whether the client hung up, rather than the server, and its answer was not complete. */
export function hasHungUp(response: ServerResponse): boolean {
  return response.destroyed && !response.writableFinished && !cut.has(response)
}

/** The status of a finished request: 499 when its client hung up before the answer began. */
export function finalStatus(response: ServerResponse): number {
  return hasHungUp(response) && !response.headersSent ? clientClosedRequest : response.statusCode
}

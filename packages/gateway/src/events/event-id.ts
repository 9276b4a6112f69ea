/** What marks the id of the event that ends a stream. */
const endMark = '.end'

/** The id that the last event of a stream is sent with: a client that comes back with it has seen the end. */
export function endingId(id: string): string {
  return id + endMark
}

/** Reads the header `Last-Event-ID`.
 *  @returns the id on BullMQ's event stream, and whether the client has seen the end of its stream */
export function readEventId(header: string): { id: string; isEnd: boolean } {
  const isEnd = header.endsWith(endMark)
  return { id: isEnd ? header.slice(0, -endMark.length) : header, isEnd }
}

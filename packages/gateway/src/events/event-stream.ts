import { Readable } from 'node:stream'

/** Most bytes that wait for a slow client; then it is cut off, and goes on later where it was. */
const maxWaitingBytes = 64 * 1024

/** Interval of the comments that keep proxies from closing the connection, in milliseconds. */
const heartbeatMs = 15_000

/** Wait of a client before it comes back, in milliseconds. */
const reconnectMs = 2_000

export interface SentEvent {
  id: string
  type: string
  data: unknown
}

/** The body of an answer with server-sent events (WHATWG HTML, section 9.2). What a slow client does not read in time is
 *  not kept: the stream is destroyed. */
export class EventStream extends Readable {
  readonly #heartbeat: NodeJS.Timeout
  #isFinished = false
  /** Whether the client was too slow. */
  isCutOff = false

  constructor() {
    super({ read() {} })
    this.#heartbeat = setInterval(() => this.#write(':\n\n'), heartbeatMs).unref()
    // The first bytes let proxies pass the headers on.
    this.#write(`retry: ${reconnectMs}\n\n`)
  }

  send({ id, type, data }: SentEvent): void {
    this.#write(`id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  /** Ends the answer after what was sent. */
  finish(): void {
    if (this.#isFinished || this.destroyed) return
    this.#isFinished = true
    clearInterval(this.#heartbeat)
    this.push(null)
  }

  /** Gives the client up. */
  cutOff(): void {
    this.isCutOff = true
    this.destroy()
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    clearInterval(this.#heartbeat)
    callback(error)
  }

  #write(text: string): void {
    if (this.destroyed || this.#isFinished) return
    this.push(text)
    if (this.readableLength > maxWaitingBytes) this.cutOff()
  }
}

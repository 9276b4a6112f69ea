import type { Cluster, Redis } from 'ioredis'

/** Hears at once that jobs are canceled, for all workers of a process. Workers also look for canceled jobs once a second:
 *  that finds what was missed while Redis was away, or because the user of Redis may not subscribe. */
export class CancelSignals {
  readonly #subscriber: Redis | Cluster
  readonly #listeners = new Map<string, ((id: string, failure: string) => void)[]>()
  readonly #onError: (error: Error) => void

  /** @param subscriber - used for nothing else. */
  constructor(subscriber: Redis | Cluster, onError: (error: Error) => void) {
    this.#subscriber = subscriber
    this.#onError = onError
    subscriber.on('error', onError)
    subscriber.on('message', (channel: string, message: string) => this.#hear(channel, message))
  }

  listen(channel: string, listener: (id: string, failure: string) => void): void {
    const known = this.#listeners.get(channel)
    if (known) known.push(listener)
    else {
      this.#listeners.set(channel, [listener])
      // ioredis subscribes again by itself after each reconnection.
      this.#subscriber.subscribe(channel).catch(this.#onError)
    }
  }

  /** A listener's worker is closed. */
  forget(channel: string, listener: (id: string, failure: string) => void): void {
    const left = this.#listeners.get(channel)?.filter(each => each !== listener)
    if (!left) return
    if (left.length > 0) return void this.#listeners.set(channel, left)
    this.#listeners.delete(channel)
    this.#subscriber.unsubscribe(channel).catch(() => undefined)
  }

  close(): void {
    this.#subscriber.disconnect()
  }

  /** Whoever may publish in Redis may publish anything. */
  #hear(channel: string, message: string): void {
    try {
      const { id, failure } = JSON.parse(message) as { id: string; failure: string }
      for (const listener of this.#listeners.get(channel) ?? []) listener(id, failure)
    } catch (cause) {
      this.#onError(new Error(`What came on the channel "${channel}" is no cancellation`, { cause }))
    }
  }
}

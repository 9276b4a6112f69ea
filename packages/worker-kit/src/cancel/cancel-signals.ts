import type { Redis } from 'ioredis'

/** Hears that jobs are canceled, at once, for all workers of a process. What it misses, while Redis is away or because its
 *  user may not subscribe, the workers find by themselves, within a second. */
export class CancelSignals {
  readonly #subscriber: Redis
  readonly #listeners = new Map<string, ((id: string, failure: string) => void)[]>()
  readonly #onError: (error: Error) => void

  /** @param subscriber - not connected yet; nobody else's. */
  constructor(subscriber: Redis, onError: (error: Error) => void) {
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

  close(): void {
    this.#subscriber.disconnect()
  }

  #hear(channel: string, message: string): void {
    const { id, failure } = JSON.parse(message) as { id: string; failure: string }
    for (const listener of this.#listeners.get(channel) ?? []) listener(id, failure)
  }
}

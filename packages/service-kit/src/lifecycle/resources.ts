/** Something that is closed when the service stops. */
export interface Closable {
  close(): Promise<void>
}

/** What a service has opened. It is closed in reverse order: the HTTP server before the database that requests need. */
export class Resources {
  readonly #stack: Array<() => Promise<void>> = []
  #closing: Promise<void> | undefined
  #closed = false

  /** Registers a resource and returns it: `const kit = resources.use(await connect(...))`. */
  use<T extends Closable>(resource: T): T {
    this.defer(() => resource.close())
    return resource
  }

  /** Registers a function that closes something. It runs at once when everything has been closed already. */
  defer(close: () => Promise<void>): void {
    this.#stack.push(close)
    if (this.#closed) void this.#closeAll()
  }

  /** Closes everything once, however often it is called. A failure does not keep the others from being closed.
   *  @throws {AggregateError} with all failures */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll()
    return this.#closing
  }

  async #closeAll(): Promise<void> {
    const errors: unknown[] = []
    for (let close = this.#stack.pop(); close; close = this.#stack.pop()) {
      try {
        await close()
      } catch (error) {
        errors.push(error)
      }
    }
    this.#closed = true
    if (errors.length > 0) throw new AggregateError(errors, 'Not everything could be closed')
  }
}

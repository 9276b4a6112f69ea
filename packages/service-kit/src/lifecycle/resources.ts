/** Something that is to be closed when the service stops. */
export interface Closable {
  close(): Promise<void>
}

/** What a service has opened, closed in reverse order: a server before the database that its requests need. */
export class Resources {
  readonly #stack: Array<() => Promise<void>> = []
  #closing: Promise<void> | undefined
  #closed = false

  /** Takes charge of a resource and hands it back: `const kit = resources.use(await connect(...))`. */
  use<T extends Closable>(resource: T): T {
    this.defer(() => resource.close())
    return resource
  }

  /** Runs a function at that place of the closing; at once if all has been closed already. */
  defer(close: () => Promise<void>): void {
    this.#stack.push(close)
    if (this.#closed) void this.#closeAll()
  }

  /** Closes everything, also when something cannot be closed. May be called twice: it is done once.
   *  @throws {AggregateError} with everything that failed, after all were tried. */
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

/** Functions that a process offers to its parent; arguments and results cross the process boundary as copies. */
// biome-ignore lint/suspicious/noExplicitAny: any function fits.
export type Calls = Record<string, (...args: any[]) => Promise<unknown>>

export interface CallMessage {
  id: number
  name: string
  args: unknown[]
}

export type ReplyMessage = { id: number; result: unknown } | { id: number; error: string }

/** Answers the parent's calls until the parent goes. */
export function serveCalls(calls: Calls): void {
  process.on('message', async ({ id, name, args }: CallMessage) => {
    let reply: ReplyMessage
    try {
      reply = { id, result: await calls[name]?.(...args) }
    } catch (error) {
      reply = { id, error: (error as Error).stack ?? String(error) }
    }
    // The parent may have gone while the call ran, and that it has gone not have been heard yet.
    process.send?.(reply, undefined, undefined, error => {
      if (error) process.exit()
    })
  })
  process.on('disconnect', () => process.exit())
  // Ctrl-C on a terminal reaches us too; the parent decides when we end.
  process.on('SIGINT', () => undefined)
}

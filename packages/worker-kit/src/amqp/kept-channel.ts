import type { Channel, ConfirmChannel, RecoveringChannelModel } from 'amqplib'
import { delay } from '../real-timers.ts'

const MIN_REOPEN_DELAY_MS = 100
const MAX_REOPEN_DELAY_MS = 5_000

export interface KeptChannelOptions<C extends Channel> {
  open: (connection: RecoveringChannelModel) => Promise<C>
  /** Runs on every new channel, before it counts as open. An error closes the channel; it is opened anew later. */
  onOpen: (channel: C) => Promise<void> | void
  /** Runs once for every channel that was open and is gone. */
  onGone?: () => void
  /** An error of the channel, or of `onOpen`. One that only says that the connection was lost is left to the connection,
   *  unless the next attempt fails, too. */
  onError: (error: Error) => void
}

export interface KeptChannel<C extends Channel> {
  /** The open channel; `undefined` while there is none. */
  readonly current: C | undefined
  close(): Promise<void>
}

/** Keeps one channel open: opens it anew when it, or its connection, was lost. */
export function keepChannel<C extends Channel>(
  connection: RecoveringChannelModel,
  options: KeptChannelOptions<C>,
): KeptChannel<C> {
  const closing = new AbortController()
  let current: C | undefined
  let reopenDelayMs = MIN_REOPEN_DELAY_MS
  let hasFailed = false

  async function holdOneChannel(): Promise<void> {
    const channel = await options.open(connection)
    const gone = new Promise<void>(resolve => channel.once('close', resolve))
    channel.on('error', options.onError)
    if (closing.signal.aborted) return closeQuietly(channel)
    try {
      await options.onOpen(channel)
    } catch (error) {
      await closeQuietly(channel)
      throw error
    }
    current = channel
    reopenDelayMs = MIN_REOPEN_DELAY_MS
    hasFailed = false
    await gone
    current = undefined
    options.onGone?.()
  }

  async function hold(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await holdOneChannel()
      } catch (error) {
        // What the broker refuses has a code, which a lost connection has not.
        const isTold = hasFailed || (error as { code?: unknown }).code !== undefined
        if (isTold && !closing.signal.aborted) options.onError(error as Error)
        hasFailed = true
      }
      if (closing.signal.aborted) return
      await delay(reopenDelayMs, undefined, { signal: closing.signal }).catch(() => undefined)
      reopenDelayMs = Math.min(reopenDelayMs * 2, MAX_REOPEN_DELAY_MS)
    }
  }

  void hold()
  return {
    get current() {
      return current
    },
    async close() {
      closing.abort()
      if (current) await closeQuietly(current)
    },
  }
}

export type AnyChannel = Channel | ConfirmChannel

/** A channel that is already closed throws on `close`; that it is closed is all we want. */
async function closeQuietly(channel: AnyChannel): Promise<void> {
  await channel.close().catch(() => undefined)
}

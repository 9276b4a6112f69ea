import type { Channel, RecoveringChannelModel } from 'amqplib'
import { delay } from '../real-timers.ts'
import { closeChannel } from './close.ts'

const MIN_REOPEN_DELAY_MS = 100
const MAX_REOPEN_DELAY_MS = 5_000

export interface KeptChannelOptions<C extends Channel> {
  open: (connection: RecoveringChannelModel) => Promise<C>
  /** Runs on every new channel, before it counts as open. An error closes the channel; another is opened later. */
  onOpen: (channel: C) => Promise<void> | void
  /** Runs once for every channel that was open and is lost. */
  onLost?: () => void
  /** Gets errors of the channel, and of `onOpen`. A first error that only says that the connection was lost is left to the
   *  connection. */
  onError: (error: Error) => void
}

export interface KeptChannel<C extends Channel> {
  /** The open channel; `undefined` while there is none. */
  readonly current: C | undefined
  /** Closes the channel for good, within `CLOSE_TIMEOUT_MS`. Never rejects. */
  close(): Promise<void>
}

/** Keeps one channel open: opens another when it, or its connection, was lost. */
export function keepChannel<C extends Channel>(
  connection: RecoveringChannelModel,
  options: KeptChannelOptions<C>,
): KeptChannel<C> {
  const closing = new AbortController()
  /** The newest channel, which may not count as open yet. */
  let newest: C | undefined
  let current: C | undefined
  let reopenDelayMs = MIN_REOPEN_DELAY_MS
  let hasFailed = false

  async function holdOneChannel(): Promise<void> {
    const channel = await options.open(connection)
    newest = channel
    const lost = new Promise<void>(resolve => channel.once('close', resolve))
    channel.on('error', options.onError)
    if (closing.signal.aborted) return closeChannel(channel)
    try {
      await refuseClosed(channel)
      await options.onOpen(channel)
    } catch (error) {
      await closeChannel(channel)
      throw error
    }
    current = channel
    reopenDelayMs = MIN_REOPEN_DELAY_MS
    hasFailed = false
    await lost
    current = undefined
    options.onLost?.()
  }

  async function hold(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await holdOneChannel()
      } catch (error) {
        // An error that the broker sends has a code; the error of a lost connection has none.
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
      if (newest) await closeChannel(newest)
    },
  }
}

/** A broker may close the connection in the same moment in which it opens the channel: then the channel was closed before anybody could
 *  listen to it. A call that changes nothing fails on such a channel.
 *  @throws what amqplib throws on a closed channel */
async function refuseClosed(channel: Channel): Promise<void> {
  await channel.prefetch(0)
}

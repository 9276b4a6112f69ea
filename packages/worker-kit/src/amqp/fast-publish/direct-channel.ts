import type { Socket } from 'node:net'
import type { ConfirmChannel } from 'amqplib'
import type { JobMessage } from '../message.ts'
import { FRAME_OVERHEAD_BYTES, mostFrameBytes, type Publishing, writeFrames } from './publish-frames.ts'
import { socketOf } from './socket-of.ts'

/** What is encoded is put together in pieces of memory of this size. */
const BLOCK_BYTES = 64 * 1024

/** Larger contents are left to amqplib: they may need several frames, and copying them would cost more than it saves. */
const MAX_CONTENT_BYTES = 16 * 1024

/** With more than that to send, in bytes, a channel wants to be left alone until it has drained. More than a socket buffers. */
const HIGH_WATER_BYTES = 1024 * 1024

/** Where amqplib puts what a channel sends; no part of its types, as are the other fields of `Internals`. */
interface ChannelBuffer {
  write(chunk: Buffer): boolean
  end(): void
}

interface Internals {
  readonly ch: number
  readonly connection: {
    readonly channels: ({ buffer: ChannelBuffer } | null)[]
    /** As negotiated, in bytes. */
    readonly frameMax: number
    readonly sendMessage: unknown
  }
  /** Another one when the channel is being closed, as that of the connection. */
  readonly sendMessage: unknown
  pushConfirmCallback(confirmed: Confirmed): void
}

type Confirmed = (error: Error | null) => void

/** A confirm channel that publishes jobs without amqplib's detour: there each message is encoded into five buffers, which then
 *  pass through three streams. What the channel sends by amqplib itself keeps its place among them. */
export class DirectChannel {
  readonly channel: ConfirmChannel
  readonly #internals: Internals | undefined
  readonly #socket: Socket | undefined
  readonly #isOpen: () => boolean = () => false
  readonly #maxContentBytes: number = 0
  #block = Buffer.alloc(0)
  /** What is written in `#block` and not yet in `#chunks`. */
  #from = 0
  #to = 0
  #chunks: Buffer[] = []
  #waitingBytes = 0
  #isDraining = false

  constructor(channel: ConfirmChannel) {
    this.channel = channel
    const internals = internalsOf(channel)
    this.#socket = internals && socketOf(internals.connection)
    if (!internals || !this.#socket) return
    this.#internals = internals
    const { connection, sendMessage } = internals
    const sendOfConnection = connection.sendMessage
    this.#isOpen = () => internals.sendMessage === sendMessage && connection.sendMessage === sendOfConnection
    this.#maxContentBytes = Math.min(MAX_CONTENT_BYTES, connection.frameMax - FRAME_OVERHEAD_BYTES)
    this.#replaceBuffer(internals)
  }

  /** Whether it is amqplib that does all: it is not made as expected. */
  get isIndirect(): boolean {
    return this.#internals === undefined
  }

  /** Publishes, mandatory and persistent.
   *  @returns `false` when the channel wants to be left alone until it says `drain`
   *  @throws what amqplib throws: the channel is closed, or a property is too long */
  publish(
    address: { exchange: string; routingKey: string; correlationId: string },
    { content, plain, properties }: JobMessage,
    confirmed: Confirmed,
  ): boolean {
    const { exchange, routingKey, correlationId } = address
    if (this.#internals && plain && content.length <= this.#maxContentBytes && this.#isOpen()) {
      this.#encode({ exchange, routingKey, correlationId, properties: plain, content }, this.#internals.ch)
      this.#internals.pushConfirmCallback(confirmed)
      return this.#isAccepting()
    }
    const options = { ...properties, correlationId, mandatory: true, persistent: true }
    return this.channel.publish(exchange, routingKey, content, options, confirmed)
  }

  #encode(publishing: Publishing, channelNumber: number): void {
    const mostBytes = mostFrameBytes(publishing)
    if (this.#block.length - this.#to < mostBytes) this.#takeNewBlock(mostBytes)
    const end = writeFrames(this.#block, this.#to, channelNumber, publishing)
    this.#note(end - this.#to)
    this.#to = end
  }

  /** amqplib's own would be written a turn later, after what is published directly. */
  #replaceBuffer({ ch, connection }: Internals): void {
    const record = connection.channels[ch] as { buffer: ChannelBuffer }
    const { buffer } = record
    record.buffer = {
      write: chunk => this.#write(chunk),
      end: () => {
        // The last that it says may be that it knows of its end.
        this.#flush()
        buffer.end()
      },
    }
  }

  #write(chunk: Buffer): boolean {
    this.#closeChunk()
    this.#note(chunk.length)
    this.#chunks.push(chunk)
    return this.#isAccepting()
  }

  #isAccepting(): boolean {
    return !this.#isDraining && this.#waitingBytes < HIGH_WATER_BYTES
  }

  #note(bytes: number): void {
    if (this.#waitingBytes === 0) process.nextTick(() => this.#flush())
    this.#waitingBytes += bytes
  }

  #takeNewBlock(mostBytes: number): void {
    this.#closeChunk()
    this.#block = Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, mostBytes))
    this.#from = this.#to = 0
  }

  #closeChunk(): void {
    if (this.#to > this.#from) this.#chunks.push(this.#block.subarray(this.#from, this.#to))
    this.#from = this.#to
  }

  #flush(): void {
    this.#closeChunk()
    const chunks = this.#chunks
    if (chunks.length === 0) return
    this.#chunks = []
    this.#waitingBytes = 0
    if (!this.#send(chunks)) this.#waitForDrain()
  }

  /** @returns whether the socket takes more */
  #send(chunks: Buffer[]): boolean {
    const socket = this.#socket as Socket
    let isAccepting = true
    if (!socket.writable) return isAccepting
    socket.cork()
    for (const chunk of chunks) isAccepting = socket.write(chunk)
    socket.uncork()
    return isAccepting
  }

  #waitForDrain(): void {
    if (this.#isDraining) return
    this.#isDraining = true
    this.#socket?.once('drain', () => {
      this.#isDraining = false
      this.channel.emit('drain')
    })
  }
}

function internalsOf(channel: ConfirmChannel): Internals | undefined {
  const { ch, connection, pushConfirmCallback } = channel as unknown as Partial<Internals>
  const isKnown = ch !== undefined && connection?.channels?.[ch]?.buffer && pushConfirmCallback
  return isKnown ? (channel as unknown as Internals) : undefined
}

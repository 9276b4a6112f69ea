import type { Socket } from 'node:net'
import type { ConfirmChannel } from 'amqplib'
import type { JobMessage } from '../message.ts'
import { socketOf } from '../socket-of.ts'
import {
  type Confirmed,
  type PublishAddress,
  type PublishChannel,
  publishByAmqplib,
} from './publish-channel.ts'
import { FRAME_OVERHEAD_BYTES, mostFrameBytes, type Publishing, writeFrames } from './publish-frames.ts'

/** Frames are written into blocks of memory of this size. */
const BLOCK_BYTES = 64 * 1024

/** amqplib publishes larger contents: they may need several frames, and copying them would cost more than it saves. */
const MAX_CONTENT_BYTES = 16 * 1024

/** With this many bytes to send, `publish` returns `false` until the channel has drained. More than a socket buffers. */
const HIGH_WATER_BYTES = 1024 * 1024

/** Takes the frames of one amqplib channel. amqplib's types name neither this nor the other fields of `Internals`. */
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
  /** amqplib replaces this function, and the connection's, when the channel or the connection closes. */
  readonly sendMessage: unknown
  pushConfirmCallback(confirmed: Confirmed): void
}

/** Writes jobs' messages as frames, in their place among the frames that amqplib sends on the channel. */
export class FastChannel implements PublishChannel {
  readonly channel: ConfirmChannel
  readonly #internals: Internals | undefined
  readonly #socket: Socket | undefined
  readonly #isOpen: () => boolean = () => false
  readonly #maxContentBytes: number = 0
  #block = Buffer.alloc(0)
  /** Range of `#block` that is written and not yet in `#chunks`. */
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

  /** Whether the installed amqplib has all parts that are needed; else amqplib publishes every message. */
  get isFast(): boolean {
    return this.#internals !== undefined
  }

  publish(address: PublishAddress, message: JobMessage, confirmed: Confirmed): boolean {
    const { content, plain } = message
    if (!this.#internals || !plain || content.length > this.#maxContentBytes || !this.#isOpen())
      return publishByAmqplib(this.channel, address, message, confirmed)
    this.#encode({ ...address, properties: plain, content }, this.#internals.ch)
    this.#internals.pushConfirmCallback(confirmed)
    return this.#isAccepting()
  }

  #encode(publishing: Publishing, channelNumber: number): void {
    const mostBytes = mostFrameBytes(publishing)
    if (this.#block.length - this.#to < mostBytes) this.#takeNewBlock(mostBytes)
    const end = writeFrames(this.#block, this.#to, channelNumber, publishing)
    this.#note(end - this.#to)
    this.#to = end
  }

  /** amqplib's own buffer writes a turn later: its frames would come after those that are written here. */
  #replaceBuffer({ ch, connection }: Internals): void {
    const record = connection.channels[ch] as { buffer: ChannelBuffer }
    const { buffer } = record
    record.buffer = {
      write: chunk => this.#write(chunk),
      end: () => {
        // Flush first: the last frame may be `channel.close-ok`.
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

  /** @returns whether the socket accepts more */
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

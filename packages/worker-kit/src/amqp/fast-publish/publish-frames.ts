import { shorten } from '../../shorten.ts'
import { MAX_SHORT_BYTES, type PlainProperties, STAMP_HEADER } from '../message.ts'
import type { PublishAddress } from './publish-channel.ts'

/** A job's message, to be published with `basic.publish`, mandatory and persistent. */
export interface Publishing extends PublishAddress {
  readonly properties: PlainProperties
  readonly content: Buffer
}

const METHOD_FRAME = 1
const HEADER_FRAME = 2
const BODY_FRAME = 3
const FRAME_END = 0xce
/** Bytes of a frame without its payload: type, channel, size and end. */
export const FRAME_OVERHEAD_BYTES = 8

const CLASS_BASIC = 60
const METHOD_PUBLISH = 40
const MANDATORY = 1
const PERSISTENT = 2

/** Says which properties follow: content-type, delivery-mode, correlation-id, message-id, timestamp, type. */
const PROPERTY_FLAGS = (1 << 15) | (1 << 12) | (1 << 10) | (1 << 7) | (1 << 6) | (1 << 5)
const HEADERS_FLAG = 1 << 13

/** Bytes of all fields with a fixed length, the length fields of texts included. */
const FIXED_BYTES = 3 * FRAME_OVERHEAD_BYTES + 9 + 14 + 23
const MAX_BYTES_PER_CHAR = 3

/** Upper bound for the bytes of a message's frames. */
export function mostFrameBytes(publishing: Publishing): number {
  const { exchange, routingKey, correlationId, content } = publishing
  const { contentType, messageId, type, headers } = publishing.properties
  const chars =
    exchange.length +
    routingKey.length +
    correlationId.length +
    contentType.length +
    messageId.length +
    type.length +
    (headers ? STAMP_HEADER.length + headers[STAMP_HEADER].length : 0)
  return FIXED_BYTES + chars * MAX_BYTES_PER_CHAR + content.length
}

/** Writes a message as frames, the content in one frame (AMQP 0-9-1, 4.2.3 and 4.2.6; the fields in the order of 1.8.3.7
 *  and of the properties of class `basic`).
 *  @returns where the frames end
 *  @throws RangeError for a property or name of more than 255 bytes */
export function writeFrames(target: Buffer, offset: number, channel: number, publishing: Publishing): number {
  const { content, properties } = publishing
  const frames = new FrameWriter(target, offset, channel)

  frames.begin(METHOD_FRAME)
  frames.uint16(CLASS_BASIC)
  frames.uint16(METHOD_PUBLISH)
  frames.uint16(0)
  frames.shortText(publishing.exchange)
  frames.shortText(publishing.routingKey)
  frames.uint8(MANDATORY)
  frames.end()

  frames.begin(HEADER_FRAME)
  frames.uint16(CLASS_BASIC)
  frames.uint16(0)
  frames.uint64(content.length)
  frames.uint16(properties.headers ? PROPERTY_FLAGS | HEADERS_FLAG : PROPERTY_FLAGS)
  frames.shortText(properties.contentType)
  if (properties.headers) frames.textTable(STAMP_HEADER, properties.headers[STAMP_HEADER])
  frames.uint8(PERSISTENT)
  frames.shortText(publishing.correlationId)
  frames.shortText(properties.messageId)
  frames.uint64(properties.timestamp)
  frames.shortText(properties.type)
  frames.end()

  if (content.length > 0) {
    frames.begin(BODY_FRAME)
    frames.bytes(content)
    frames.end()
  }
  return frames.offset
}

const LONG_TEXT = 'S'.charCodeAt(0)

/** Writes AMQP's types at an offset that it advances. Numbers are big-endian. */
class FrameWriter {
  readonly #target: Buffer
  readonly #channel: number
  offset: number
  #sizeAt = 0

  constructor(target: Buffer, offset: number, channel: number) {
    this.#target = target
    this.offset = offset
    this.#channel = channel
  }

  begin(type: number): void {
    this.uint8(type)
    this.uint16(this.#channel)
    this.#sizeAt = this.offset
    this.offset += 4
  }

  end(): void {
    this.#fillIn(this.#sizeAt)
    this.uint8(FRAME_END)
  }

  uint8(value: number): void {
    this.#target[this.offset] = value
    this.offset += 1
  }

  uint16(value: number): void {
    this.offset = this.#target.writeUInt16BE(value, this.offset)
  }

  uint32(value: number): void {
    this.offset = this.#target.writeUInt32BE(value, this.offset)
  }

  uint64(value: number): void {
    this.uint32(Math.floor(value / 2 ** 32))
    this.uint32(value % 2 ** 32)
  }

  shortText(text: string): void {
    const length = this.#target.write(text, this.offset + 1)
    if (length > MAX_SHORT_BYTES) throw new RangeError(`"${shorten(text, 40)}" is too long for AMQP`)
    this.#target[this.offset] = length
    this.offset += 1 + length
  }

  /** A field table with one entry, a long string. */
  textTable(name: string, value: string): void {
    const tableAt = this.offset
    this.offset += 4
    this.shortText(name)
    this.uint8(LONG_TEXT)
    const textAt = this.offset
    this.offset += 4
    this.offset += this.#target.write(value, this.offset)
    this.#fillIn(textAt)
    this.#fillIn(tableAt)
  }

  bytes(bytes: Buffer): void {
    this.offset += bytes.copy(this.#target, this.offset)
  }

  /** Writes a length into the four bytes that were left free for it at `at`. */
  #fillIn(at: number): void {
    this.#target.writeUInt32BE(this.offset - at - 4, at)
  }
}

import { textValue } from './text-value.ts'

/** Fewer different characters than this are a placeholder, not a random secret. */
const minDifferentCharacters = 8

/** A random text shared by services. Its value never appears in a message.
 *  @param minBytes - shortest length accepted, in bytes of UTF-8. */
export function secret(minBytes: number) {
  const advice = 'make one with: openssl rand -base64 48'
  return textValue(`a random text of at least ${minBytes} bytes; ${advice}`, text => {
    const sizeBytes = Buffer.byteLength(text)
    if (sizeBytes < minBytes)
      throw new Error(`is too short: expected at least ${minBytes} bytes, got ${sizeBytes}; ${advice}`)
    const differentCharacters = new Set(text).size
    if (differentCharacters < minDifferentCharacters)
      throw new Error(
        `is too easy to guess: it has only ${differentCharacters} different characters; ${advice}`,
      )
    return text
  })
}

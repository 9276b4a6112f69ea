import { textValue } from './text-value.ts'

/** A text with fewer different characters than this is a placeholder, not a random secret. */
const minDifferentCharacters = 8

/** A random text that services share. Its value never appears in a message.
 *  @param minBytes - shortest accepted length, in bytes of UTF-8 */
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

import { isIP } from 'node:net'
import { textValue } from './text-value.ts'

/** The address or host name to listen on. @default 127.0.0.1 */
export function host() {
  const expected = 'an IP address or a host name, such as 0.0.0.0'
  return textValue(expected, text => {
    // Only digits and dots: a mistyped IPv4 address, not a host name.
    const isName = /^(?!-)[a-z\d-]+(\.[a-z\d-]+)*$/i.test(text) && !/^[\d.]+$/.test(text)
    if (!isName && isIP(text) === 0) throw new Error(`expected ${expected}, got ${JSON.stringify(text)}`)
    return text
  }).default('127.0.0.1')
}

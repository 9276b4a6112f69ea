import { hideUrlPasswords } from '../log/hide-secrets.ts'
import { textValue } from './text-value.ts'

/** Address of an HTTP service, without a trailing slash, user, query or fragment. */
export function httpUrl() {
  const expected = 'an address such as http://localhost:8080'
  return textValue(expected, text => {
    const url = parseUrl(text, ['http', 'https'], expected)
    if (url.username || url.password || url.search || url.hash)
      throw new Error(`expected ${expected}, without user, query or fragment`)
    return url.href.replace(/\/+$/, '')
  })
}

/** Address of a server with user and password, passed on unchanged: `connectionUrl('amqp', 'amqps')`. */
export function connectionUrl(...protocols: [string, ...string[]]) {
  const expected = `an address such as ${protocols[0]}://user:password@host:port`
  return textValue(expected, text => {
    parseUrl(text, protocols, expected)
    return text
  })
}

/** Addresses of a cluster's nodes, separated by commas. */
export function connectionUrls(...protocols: [string, ...string[]]) {
  const expected = `an address such as ${protocols[0]}://user:password@host:port, or several with commas between them`
  // A comma inside a password is not followed by a protocol.
  const separator = new RegExp(`,\\s*(?=(?:${protocols.join('|')})://)`)
  return textValue(expected, text => {
    const urls = text.split(separator)
    for (const url of urls)
      if (parseUrl(url, protocols, expected).hostname.includes(','))
        throw new Error(`expected ${expected}; one of them has no protocol`)
    return urls
  })
}

function parseUrl(text: string, protocols: string[], expected: string): URL {
  // The message does not show what cannot be parsed: a password may be anywhere in it.
  const url = URL.parse(text)
  if (!url?.hostname) throw new Error(`expected ${expected}; what is set is no such address`)
  if (!protocols.includes(url.protocol.slice(0, -1)))
    throw new Error(`expected ${expected}, got ${JSON.stringify(hideUrlPasswords(text))}`)
  return url
}

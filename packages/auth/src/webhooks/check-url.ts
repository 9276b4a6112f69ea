import { isIP } from 'node:net'
import { isPublicAddress, type Networks, problem } from '@jackalope/service-kit'
import { fieldsInvalid } from '@jackalope/service-kit/endpoint'

/** Refuses addresses of endpoints that the notifier would never send to. What a name leads to is checked by the notifier at
 *  every attempt, since it can change.
 *  @param allowed - networks that the operator allows besides the public internet; with any, HTTP without TLS is allowed
 *    within them
 *  @throws {HttpProblem} 422 */
export function checkWebhookUrl(text: string, allowed: Networks | undefined): void {
  const { protocol, hostname } = new URL(text)
  if (protocol !== 'https:' && !allowed) throw refused('must begin with https://')
  const address = hostname.replace(/^\[(.*)\]$/, '$1')
  if (isIP(address)) {
    if (!isPublicAddress(address) && !allowed?.(address))
      throw refused('must not be a private, loopback or link-local address')
  } else if (!allowed && /(^|\.)localhost\.?$/.test(hostname)) throw refused('must not be this machine')
}

function refused(detail: string) {
  return problem(fieldsInvalid, {
    detail: `url: ${detail}`,
    extensions: { errors: [{ field: 'url', detail }] },
  })
}

import type { Middleware } from 'koa'

/** Headers of every answer of an API, by which no browser renders, frames, sniffs or embeds it. A page overrides its own
 *  `Content-Security-Policy`. */
export const apiSecurityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
}

/** How long browsers keep to HTTPS, in seconds: a year (RFC 6797). */
const hstsSeconds = 365 * 24 * 3_600

export interface SecurityHeadersOptions {
  /** Whether users reach the service by HTTPS only: `Strict-Transport-Security` is sent. @default false */
  isHttps?: boolean
}

/** Sets `apiSecurityHeaders` before the handlers run, which may override them. */
export function securityHeaders({ isHttps = false }: SecurityHeadersOptions = {}): Middleware {
  const hsts = isHttps && { 'Strict-Transport-Security': `max-age=${hstsSeconds}` }
  const headers = { ...apiSecurityHeaders, ...hsts }
  return (ctx, next) => {
    ctx.set(headers)
    return next()
  }
}

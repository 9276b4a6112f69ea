import { isSessionToken } from '@jackalope/contracts'
import type { Context } from 'koa'

/** Longest life of the cookie, in seconds: as long as any session. Auth decides when one ends. */
const maxAgeSeconds = 180 * 86_400

/** The cookie that holds the secret of a browser's session. */
export interface SessionCookie {
  /** The secret; `undefined` if there is none, or if there are several: some site may have planted one of them. */
  read(ctx: Pick<Context, 'get'>): string | undefined
  /** @param endsAt - when the session ends in any case. @default that is auth's to say */
  set(ctx: Context, secret: string, endsAt?: Date): void
  remove(ctx: Context): void
}

/** A browser takes a cookie of the prefix `__Host-` from our own host alone, by HTTPS or from the machine itself. Over plain HTTP
 *  from elsewhere it takes none, so the cookie has another name and no protection there.
 *  @param publicUrl - address of the gateway as users reach it */
export function createSessionCookie(publicUrl: string): SessionCookie {
  const isSecure = isTrustworthy(new URL(publicUrl))
  const name = isSecure ? '__Host-session' : 'session'
  const write = (ctx: Context, value: string, seconds: number) => {
    // Koa's own cookies refuse `Secure` on a connection behind a proxy.
    const secure = isSecure ? '; Secure' : ''
    ctx.set('Set-Cookie', `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`)
    ctx.set('Cache-Control', 'no-store')
  }
  return {
    read(ctx) {
      const given = ctx
        .get('Cookie')
        .split(';')
        .map(pair => pair.trim())
      const [value, ...others] = given.filter(pair => pair.startsWith(`${name}=`))
      const secret = value?.slice(name.length + 1) ?? ''
      return others.length === 0 && isSessionToken(secret) ? secret : undefined
    },
    set(ctx, secret, endsAt) {
      const seconds = endsAt ? Math.max(1, Math.ceil((endsAt.getTime() - Date.now()) / 1_000)) : maxAgeSeconds
      write(ctx, secret, seconds)
    },
    remove: ctx => write(ctx, '', 0),
  }
}

/** Whether browsers take an origin for as safe as HTTPS (W3C Secure Contexts, section 3.1). */
function isTrustworthy({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}

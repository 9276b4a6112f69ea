import { createHmac, timingSafeEqual } from 'node:crypto'

/** Path of the page, and of the POST of RFC 8058, that end mails about jobs. */
const unsubscribePath = '/unsubscribe'

const form = /^([\da-f-]{1,36})\.([\w-]{43})$/

/** Address that ends a user's mails about jobs. It opens nothing else, and does not expire: mails are kept for years.
 *  @param publicUrl - of the gateway, without a trailing slash
 *  @param secret - `LINK_SECRET` */
export function unsubscribeUrl(userId: string, { publicUrl, secret }: { publicUrl: string; secret: string }) {
  return `${publicUrl}${unsubscribePath}?token=${userId}.${signature(userId, secret)}`
}

/** Whose mails a token ends; `undefined` if it is none of ours.
 *  @param secrets - any of them may have made it */
export function userOfUnsubscribeToken(token: string, secrets: readonly string[]): string | undefined {
  const [, userId, given] = form.exec(token) ?? []
  if (userId === undefined || given === undefined) return undefined
  // Both have 43 characters.
  const isOurs = (secret: string) =>
    timingSafeEqual(Buffer.from(given), Buffer.from(signature(userId, secret)))
  return secrets.some(isOurs) ? userId : undefined
}

function signature(userId: string, secret: string): string {
  return createHmac('sha256', secret).update(`unsubscribe\n${userId}`).digest('base64url')
}

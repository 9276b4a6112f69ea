import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** What a one-time token allows its holder. */
export type TokenPurpose = 'verify-email' | 'password-reset' | 'email-change'

/** The text of one-time tokens: `<id>.<HMAC of purpose and id>`. It can be computed again while the database holds the id
 *  alone, so that a copy of the database opens no account. */
export interface TokenTexts {
  write(purpose: TokenPurpose, id: string): string
  /** The id of a token of this purpose; `undefined` if the text is none of ours. */
  read(purpose: TokenPurpose, text: string): string | undefined
}

const form = /^([\w-]{22})\.([\w-]{43})$/

/** @param serviceToken - the key is derived from it (RFC 5869). When it is changed, links in mails that were sent before do
 *    not work any more. */
export function createTokenTexts(serviceToken: string): TokenTexts {
  const key = Buffer.from(hkdfSync('sha256', serviceToken, '', 'jackalope one-time tokens', 32))
  const sign = (purpose: TokenPurpose, id: string) =>
    createHmac('sha256', key).update(`${purpose}.${id}`).digest('base64url')
  return {
    write: (purpose, id) => `${id}.${sign(purpose, id)}`,
    read(purpose, text) {
      const [, id, signature] = form.exec(text) ?? []
      if (id === undefined || signature === undefined) return undefined
      // Both have 43 characters.
      const matches = timingSafeEqual(Buffer.from(signature), Buffer.from(sign(purpose, id)))
      return matches ? id : undefined
    },
  }
}

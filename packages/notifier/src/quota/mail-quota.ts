import { readFileSync } from 'node:fs'
import type { RedisConnection } from '@jackalope/service-kit'

/** Limits how many mails about conversions an owner gets: somebody who uploads a thousand videos wants no thousand mails. */
export interface MailQuota {
  /** Asks for one mail. Another attempt of the same mail counts once.
   *  @param mail - name of the mail, unique among the owner's
   *  @throws {HttpProblem} 503 while Redis does not answer */
  claim(ownerId: string, mail: string): Promise<'granted' | 'last' | 'exhausted'>
}

export interface MailQuotaOptions {
  redis: Pick<RedisConnection, 'run'>
  /** Prefix of the keys. @default jackalope */
  prefix?: string
  /** How many mails an owner gets within a window. Integer >= 1. @default 30 */
  limit?: number
  /** In milliseconds. @default one hour */
  windowMs?: number
}

const script = readFileSync(new URL('claim-mail.lua', import.meta.url), 'utf8')

/** The counts are in Redis, so that all notifiers share them. */
export function createMailQuota(options: MailQuotaOptions): MailQuota {
  const { redis, prefix = 'jackalope', limit = 30, windowMs = 3_600_000 } = options
  return {
    async claim(ownerId, mail) {
      const key = `${prefix}:mails:${ownerId}`
      const left = await redis.run('The count of mails', client =>
        client.eval(script, 1, key, mail, windowMs, limit),
      )
      if (left === -1) return 'exhausted'
      return left === 0 ? 'last' : 'granted'
    },
  }
}

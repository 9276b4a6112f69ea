import type { AccountMailKind } from '@jackalope/contracts'

/** Mails that somebody can have sent to an address that is not his. */
export const kindsByStrangers: readonly AccountMailKind[] = [
  'verify-email',
  'already-registered',
  'password-reset',
  'email-change-confirm',
]

/** How many of those an address may get. */
export interface MailLimits {
  /** In an hour, on requests from one network. Integer >= 1. @default 3 */
  perNetworkAndHour: number
  /** In a day, on requests from everywhere. As many more are kept for requests from where the recipient has logged in: nobody
   *  can use up the mails of somebody else. Integer >= 1. @default 10 */
  perDay: number
}

export const defaultMailLimits: MailLimits = { perNetworkAndHour: 3, perDay: 10 }

/** A mail that an address got. */
export interface RecentMail {
  createdAt: Date
  /** Network of the client whose request caused it. */
  network: string
}

/** Whether an address may get another mail that a stranger can cause.
 *  @param recent - the mails of the last day */
export function mayGetMail(
  recent: readonly RecentMail[],
  { network, isKnownPlace, now }: { network: string; isKnownPlace: boolean; now: Date },
  limits: MailLimits = defaultMailLimits,
): boolean {
  const anHourAgo = now.getTime() - 3_600_000
  const lately = recent.filter(mail => mail.network === network && mail.createdAt.getTime() > anHourAgo)
  const perDay = isKnownPlace ? 2 * limits.perDay : limits.perDay
  return recent.length < perDay && lately.length < limits.perNetworkAndHour
}

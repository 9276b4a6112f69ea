import type { AccountMailKind } from '@jackalope/contracts'

/** Mails that somebody can have sent to an address that is not his. */
export const kindsByStrangers: readonly AccountMailKind[] = [
  'verify-email',
  'already-registered',
  'password-reset',
  'email-change-confirm',
]

/** How many of those an address may get in an hour, on requests from one network. */
const perNetworkAndHour = 3
/** How many of those an address may get in a day, on requests from everywhere. */
const perDay = 10
/** The same with requests from where the recipient has logged in: nobody can use up the mails of somebody else. */
export const perDayInAll = 2 * perDay

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
): boolean {
  const anHourAgo = now.getTime() - 3_600_000
  const lately = recent.filter(mail => mail.network === network && mail.createdAt.getTime() > anHourAgo)
  return recent.length < (isKnownPlace ? perDayInAll : perDay) && lately.length < perNetworkAndHour
}

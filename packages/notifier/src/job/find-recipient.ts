import type { Language } from '@jackalope/contracts'
import type { UserDirectory } from '../auth/user-directory.ts'
import type { MailQuota } from '../quota/mail-quota.ts'

/** Who gets a mail about a conversion, or why nobody does. */
export type Recipient =
  /** `isLast`: further mails are withheld for a while. */
  { to: string; isLast: boolean; language: Language } | { reason: string }

/** @param mail - name of the mail, unique among the owner's */
export type FindRecipient = (ownerId: string, mail: string, signal: AbortSignal) => Promise<Recipient>

/** Finds the owner's address. Nothing is mailed to an address that its owner has not confirmed, and to anybody only as much
 *  as the quota allows. */
export function createRecipientFinder(users: UserDirectory, quota: MailQuota): FindRecipient {
  return async (ownerId, mail, signal) => {
    const { email, mayMail, notices, language } = await users.find(ownerId, signal)
    if (!mayMail) return { reason: 'the address of the owner is not confirmed, or the account is locked' }
    if (!notices) return { reason: 'the owner wants no mails about jobs' }
    const claim = await quota.claim(ownerId, mail)
    if (claim === 'exhausted') return { reason: 'the owner has had as many mails as an hour allows' }
    return { to: email, isLast: claim === 'last', language }
  }
}

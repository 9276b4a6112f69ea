import type { AccountMailContent } from '@jackalope/contracts'
import { messageIdOf, type OutgoingMail } from '../mail/outgoing-mail.ts'
import { accountLetter } from './account-letters.ts'
import { renderLetter } from './letter.ts'
import type { MessageOptions } from './message-options.ts'

/** A mail about an account.
 *  @throws {NotifierError} `ERR_AUTH_UNAVAILABLE` when auth gave no link for a mail that needs one */
export function accountMailMessage(
  { linkPath, ...content }: AccountMailContent,
  { from, publicUrl }: Pick<MessageOptions, 'from' | 'publicUrl'>,
): OutgoingMail {
  const url = linkPath === undefined ? undefined : publicUrl + linkPath
  const letter = accountLetter({ ...content, url, publicUrl })
  return {
    ...{ from, to: content.to, subject: letter.title },
    ...renderLetter(letter),
    messageId: messageIdOf(content.id, from.address, 'account'),
  }
}

import type { AccountMailContent } from '@jackalope/contracts'
import { messageIdOf, type OutgoingMail } from '../mail/outgoing-mail.ts'
import { accountLetters } from './account-letters.ts'
import type { MessageOptions } from './audio-ready-message.ts'
import { renderLetter } from './letter.ts'

/** A mail about an account.
 *  @throws {NotifierError} `ERR_AUTH_UNAVAILABLE` when auth gave no link for a mail that needs one */
export function accountMailMessage(
  { linkPath, ...content }: AccountMailContent,
  { from, publicUrl }: Pick<MessageOptions, 'from' | 'publicUrl'>,
): OutgoingMail {
  const url = linkPath === undefined ? undefined : publicUrl + linkPath
  const { title, blocks } = accountLetters[content.kind]({ ...content, url, publicUrl })
  return {
    from,
    to: content.to,
    subject: title,
    ...renderLetter({ title, blocks, footer: 'This message was sent automatically, about your account.' }),
    messageId: messageIdOf(content.id, from.address, 'account'),
  }
}

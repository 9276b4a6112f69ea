import { textValue } from '@jackalope/service-kit'
import parseAddresses from 'nodemailer/lib/addressparser'
import { isMailAddress } from '../mail/is-mail-address.ts'
import type { MailAddress } from '../mail/mailer.ts'

/** One mailbox, as in `Jackalope <noreply@example.com>` or `noreply@example.com`. */
export function mailAddress() {
  const expected = 'an address such as Jackalope <noreply@example.com>'
  return textValue(expected, (text): MailAddress => {
    const [mailbox, ...others] = parseAddresses(text)
    const isOne = mailbox && !mailbox.group && others.length === 0 && !/\p{Cc}/u.test(text)
    // The parser would read `a b@example.com` as an address with a name before it.
    const isMistyped = mailbox?.name !== '' && !text.includes('<')
    if (!isOne || isMistyped || !isMailAddress(mailbox.address))
      throw new Error(`expected ${expected}, got ${JSON.stringify(text)}`)
    return { name: mailbox.name, address: mailbox.address }
  })
}

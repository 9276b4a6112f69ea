import { CliError } from '../cli-error.ts'
import { findMail } from './find-mail.ts'
import type { GatewayClient } from './gateway-client.ts'
import { readLink } from './read-link.ts'

export interface VerifyOptions {
  client: GatewayClient
  /** Folder of the caught mails. */
  mailDir: string
  email: string
  signal: AbortSignal
}

const mailWithinMs = 30_000

/** Confirms an address as a person does: waits for the mail, opens its link and presses the button on that page.
 *  @throws {CliError} when no mail comes, or the page says that it did not work */
export async function verifyAddress({ client, mailDir, email, signal }: VerifyOptions): Promise<void> {
  const mail = await findMail(mailDir, { to: email, kind: 'account', withinMs: mailWithinMs, signal })
  if (!mail)
    throw new CliError(`no mail has come to confirm ${email}; the logs of auth and notifier tell why`)
  const page = await client.page(await readLink(mail))
  const [, action] = /<form method="post" action="([^"]+)"/.exec(page) ?? []
  if (!action) throw new CliError('the page of the link has no form')
  const inputs = page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)
  const fields = [...inputs].map(([, name = '', value = '']): [string, string] => [name, value])
  await client.sendForm(action, new URLSearchParams(fields))
}

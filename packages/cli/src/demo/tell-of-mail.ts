import type { RunningSystem } from '../system/start-system.ts'
import { findMail } from './find-mail.ts'

const mailWithinMs = 30_000

/** Waits for the mail that the audio is ready; says in one sentence where it is, or why there is none. */
export async function tellOfMail(
  { mail, mailDir }: Pick<RunningSystem, 'mail' | 'mailDir'>,
  email: string,
  signal: AbortSignal,
): Promise<string> {
  if (mail === 'off') return 'No mail was sent (MAIL=off).'
  if (!mailDir)
    return `The given SMTP_URL got the mail that confirms ${email}; until that is done, there is no other.`
  const file = await findMail(mailDir, { to: email, kind: 'audio-ready', withinMs: mailWithinMs, signal })
  return `The mail: ${file ?? `has not come yet; it will be in ${mailDir}`}`
}

import { UsageError } from '../cli-error.ts'

/** Whether mail is sent: to the catcher of this project or to `SMTP_URL`, or none at all. */
export type MailSetting = 'on' | 'off'

/** What the user chose with `MAIL`. @default on
 *  @throws {UsageError} when it is neither `off` nor empty, or `SMTP_URL` is given besides */
export function givenMailSetting({ MAIL = '', SMTP_URL }: Record<string, string | undefined>): MailSetting {
  if (MAIL !== '' && MAIL !== 'off') throw new UsageError(`MAIL: expected off, or no value, got "${MAIL}"`)
  if (MAIL === 'off' && SMTP_URL) throw new UsageError('MAIL=off sends no mail; leave SMTP_URL out')
  return MAIL === 'off' ? 'off' : 'on'
}

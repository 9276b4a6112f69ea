import { z } from 'zod'

/** A required variable that `read` parses. `read` gives the value or throws an `Error`, whose message follows the
 *  variable's name in the report. The message must not repeat a text that may be a secret.
 *  @param expected - describes a valid value: `an integer from 1 to 65535` */
export function textValue<T>(expected: string, read: (text: string) => T) {
  return z.string({ error: `is not set; expected ${expected}` }).transform((text, context): T => {
    try {
      return read(text)
    } catch (fault) {
      context.addIssue({ code: 'custom', message: (fault as Error).message })
      return z.NEVER
    }
  })
}

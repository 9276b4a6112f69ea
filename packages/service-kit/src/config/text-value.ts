import { z } from 'zod'

/** A variable that must be set and pass `read`, which gives the value or throws an `Error` whose message follows
 *  the variable's name in the report. The message must not repeat the text if that may be a secret.
 *  @param expected - what a proper value is, as in `an integer from 1 to 65535`. */
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

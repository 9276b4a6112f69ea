import { z } from 'zod'
import { language } from './notices.ts'

/** Lengths of a password, in UTF-16 code units. */
export const minPasswordLength = 10
export const maxPasswordLength = 200

/** Body of `POST /register`. */
export const registration = z.object({
  /** Converted to lower case: addresses that differ in case belong to the same user. */
  email: z
    .email('must be an e-mail address, such as ada@example.com')
    .max(254, 'must have at most 254 characters')
    .transform(email => email.toLowerCase()),
  password: z
    .string('must be a text of 10 to 200 characters')
    .min(minPasswordLength, 'must have at least 10 characters')
    .max(maxPasswordLength, 'must have at most 200 characters'),
  language: language
    .optional()
    .describe('Language of mails; if it is left out, what `Accept-Language` prefers.'),
})
export type Registration = z.infer<typeof registration>

/** Answer of `POST /register`. */
export const user = z.object({ id: z.string(), email: z.string() })
export type User = z.infer<typeof user>

/** `code` of the problem details with which `GET /internal/users/:id` reports an unknown user. A 404 without this code
 *  is not from auth. */
export const userUnknown = 'user-unknown'

import { z } from 'zod'
import { language } from './notices.ts'

/** Answer of auth's `GET /internal/users/:id`. */
export const internalUser = z.object({
  id: z.string(),
  email: z.string(),
  /** `true` for everybody while no verification is required. */
  emailVerified: z.boolean(),
  /** Whether mails about the user's conversions may be sent: the address is verified, and the account not locked. */
  mayMail: z.boolean(),
  /** Whether the user wants mails about jobs. */
  notices: z.boolean().default(true),
  language: language.default('en'),
})
export type InternalUser = z.infer<typeof internalUser>

import { z } from 'zod'

/** Answer of auth's `GET /internal/users/:id`. */
export const internalUser = z.object({
  id: z.string(),
  email: z.string(),
  /** `true` for everybody while no verification is required. */
  emailVerified: z.boolean(),
  /** Whether mails about the user's conversions may be sent: the address is verified, and the account not locked. */
  mayMail: z.boolean(),
})
export type InternalUser = z.infer<typeof internalUser>

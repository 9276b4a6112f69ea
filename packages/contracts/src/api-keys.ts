import { z } from 'zod'
import { apiKeyScopes } from './tokens/scopes.ts'

/** Longest life of an API key that expires, in days. */
const maxLifeDays = 3_650

/** Body of `POST /account/api-keys`. */
export const newApiKey = z.object({
  /** For the user to tell his keys apart. */
  name: z
    .string('must be a text')
    .trim()
    .min(1, 'must not be empty')
    .max(100, 'must have at most 100 characters')
    .refine(name => name.isWellFormed(), 'has half a character'),
  scopes: z
    .array(z.enum(apiKeyScopes, `must be of ${apiKeyScopes.join(', ')}`))
    .min(1, 'must name at least one scope')
    .max(apiKeyScopes.length, 'names a scope twice'),
  /** @default the key does not expire */
  expiresInDays: z
    .int('must be a number of days')
    .min(1, 'must be 1 at least')
    .max(maxLifeDays, `must be ${maxLifeDays} at most`)
    .optional(),
})
export type NewApiKey = z.infer<typeof newApiKey>

/** An API key in the list. */
export const apiKeyView = z.object({
  id: z.string(),
  name: z.string(),
  /** Its first characters, to recognize it. */
  start: z.string(),
  scopes: z.array(z.enum(apiKeyScopes)),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().optional(),
  /** To the minute. Absent if it was never used. */
  lastUsedAt: z.iso.datetime().optional(),
})
export type ApiKeyView = z.infer<typeof apiKeyView>

/** Answer of `GET /account/api-keys`, newest first. */
export const apiKeyList = z.object({ apiKeys: z.array(apiKeyView) })
export type ApiKeyList = z.infer<typeof apiKeyList>

/** Answer of `POST /account/api-keys`. */
export const createdApiKey = apiKeyView.extend({
  /** The key itself. It is shown this once. */
  key: z.string(),
})
export type CreatedApiKey = z.infer<typeof createdApiKey>

/** Body of auth's `POST /internal/api-keys/exchange`. */
export const apiKeyExchange = z.object({ key: z.string().max(200) })

/** Answer of auth's `POST /internal/api-keys/exchange`: whom the key speaks for. */
export const apiKeyHolder = z.object({
  userId: z.string(),
  roles: z.array(z.string()),
  scopes: z.array(z.enum(apiKeyScopes)),
  emailVerified: z.boolean(),
  expiresAt: z.iso.datetime().optional(),
})
export type ApiKeyHolder = z.infer<typeof apiKeyHolder>

/** `code` of the 404 of the exchange: the key is unknown, revoked or expired, or its user locked. */
export const apiKeyUnknown = 'api-key-unknown'

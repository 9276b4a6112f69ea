/** What a token can allow. A session has all; an API key any but `account`. */
export const scopes = ['jobs:read', 'jobs:write', 'files:read', 'account'] as const
export type Scope = (typeof scopes)[number]

/** Scopes that an API key may have: a lost key must not open the account itself. */
export const apiKeyScopes = scopes.filter((scope): scope is Exclude<Scope, 'account'> => scope !== 'account')

/** What a guest may do: he has no account to look after. */
export const guestScopes: readonly Scope[] = apiKeyScopes

/** The known scopes of a text with spaces between them. */
export function parseScope(text: string): Scope[] {
  const given = text.split(' ')
  return scopes.filter(scope => given.includes(scope))
}

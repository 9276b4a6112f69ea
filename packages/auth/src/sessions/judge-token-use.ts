import type { Session } from './session-store.ts'

/** The use of a refresh token. */
export interface TokenUse {
  session: Pick<Session, 'generation' | 'rotatedAt' | 'userAgent'>
  /** The generation of the token that was shown. */
  generation: number
  /** How many tokens the session's current generation has. */
  siblings: number
}

/** How long the token before the current one is good for another, in milliseconds: its answer may have been lost. */
const graceMs = 30_000
/** Most tokens of one generation: a client that loses more answers logs in again. */
const maxSiblings = 5

/** What the use of a refresh token means: it is the current one; it is the one before, from a client that has probably
 *  not received the answer; or it was used before, by somebody else.
 *
 *  A thief who is taken for such a client gains little: the next refresh of either makes all other tokens of the
 *  session old, and then the first old one ends it.
 *  @param userAgent - of the client that shows the token */
export function judgeTokenUse(
  { session, generation, siblings }: TokenUse,
  userAgent: string,
  now: Date,
): 'current' | 'repeated' | 'reused' {
  if (generation === session.generation) return 'current'
  const isPrevious = generation === session.generation - 1
  const isSoon = now.getTime() - session.rotatedAt.getTime() <= graceMs
  // The address may differ: answers are lost when a telephone changes its network.
  const isSameClient = userAgent === session.userAgent
  return isPrevious && isSoon && isSameClient && siblings < maxSiblings ? 'repeated' : 'reused'
}

import type { operations } from '@jackalope/api-client/client'

/** What an operation answers, by its id: `Answer<'listSessions'>`.
 *  @template Status - of the answer */
export type Answer<Id extends keyof operations, Status extends number = 200> =
  operations[Id]['responses'] extends Record<Status, { content: { 'application/json': infer Body } }>
    ? Body
    : never

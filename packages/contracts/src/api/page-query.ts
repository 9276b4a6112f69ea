import { z } from 'zod'

const maxLimit = 100

/** Query parameter `limit` of a list.
 *  @param defaultLimit - 1 to 100
 *  @param what - the elements, for the documentation */
export function pageLimit(defaultLimit: number, what: string) {
  return z
    .string()
    .regex(/^([1-9]\d?|100)$/, `expected an integer from 1 to ${maxLimit}`)
    .transform(Number)
    .default(defaultLimit)
    .describe(`Most ${what} of a page, 1 to ${maxLimit}; ${defaultLimit} by default.`)
}

/** Query parameters of lists of auth, newest first. */
export const pageQuery = {
  limit: pageLimit(50, 'elements'),
  before: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, 'expected the value that "next" of the previous page has')
    .transform(Number)
    .optional()
    .describe('Cursor of "next" of the previous page.'),
}

/** Query parameter that limits a list to a time (RFC 3339). */
export const instant = z.iso
  .datetime({ offset: true, error: 'expected a time such as 2026-01-31T12:00:00Z' })
  .transform(text => new Date(text))
  .optional()

/** Most users that one request may name. */
const maxUsers = 100

/** Query parameter that names users by their ids. */
export const namedUsers = z
  .string()
  .regex(
    /^[\da-f-]{36}(,[\da-f-]{36}){0,99}$/,
    `expected 1 to ${maxUsers} ids of users with commas between them`,
  )
  .transform(text => text.split(','))
  .optional()
  .describe(`Ids of users, ${maxUsers} at most, with commas between them.`)

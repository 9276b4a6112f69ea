import { z } from 'zod'

const maxLimit = 100
const defaultLimit = 50

/** Query parameters of lists, newest first. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^([1-9]\d?|100)$/, `expected an integer from 1 to ${maxLimit}`)
    .transform(Number)
    .default(defaultLimit)
    .describe(`Most elements of a page, 1 to ${maxLimit}; ${defaultLimit} by default.`),
  before: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, 'expected the value that "next" of the previous page has')
    .transform(Number)
    .optional()
    .describe('Cursor of "next" of the previous page.'),
}

import { defineEndpoint, defineProblem } from '@jackalope/service-kit/endpoint'
import { z } from 'zod'
import { adminAuditList, adminUser, adminUserList } from '../accounts.ts'
import { auditAction } from '../audit-action.ts'
import { instant, namedUsers, pageQuery } from './page-query.ts'
import { noSuchUser } from './users.ts'

export const ownAccountLocked = defineProblem({
  code: 'own-account',
  status: 409,
  meaning: 'Admins cannot lock themselves. Another admin can.',
})

const admin = { tag: 'Administration', access: { scope: 'account', role: 'admin' } } as const
const userId = z.uuid('expected the id of a user').describe('Id of a user.')
const userParams = z.object({ id: userId })

export const listUsers = defineEndpoint({
  ...admin,
  id: 'listUsers',
  method: 'GET',
  path: '/admin/users',
  summary: 'The users, newest first',
  query: z.object({
    limit: pageQuery.limit,
    before: z
      .string()
      .regex(/^\d{1,14}-[\da-f-]{36}$/, 'expected the value that "next" of the previous page has')
      .optional()
      .describe('Cursor of "next" of the previous page.'),
    email: z
      .string()
      .max(254, 'expected at most 254 characters')
      .optional()
      .describe('Beginning of the e-mail address, in upper or lower case.'),
    ids: namedUsers,
  }),
  answers: { 200: { description: 'One page', body: adminUserList } },
})

export const lockUser = defineEndpoint({
  ...admin,
  id: 'lockUser',
  method: 'POST',
  path: '/admin/users/{id}/lock',
  summary: 'Locks an account',
  description:
    'Its sessions end, and its user can neither log in nor use API keys. Access tokens that were issued before stay good ' +
    'until they expire, for ten minutes at most by default. Locking a locked account changes nothing.',
  params: userParams,
  answers: { 200: { description: 'The account', body: adminUser } },
  problems: [noSuchUser, ownAccountLocked],
})

export const unlockUser = defineEndpoint({
  ...admin,
  id: 'unlockUser',
  method: 'POST',
  path: '/admin/users/{id}/unlock',
  summary: 'Unlocks an account',
  params: userParams,
  answers: { 200: { description: 'The account', body: adminUser } },
  problems: [noSuchUser],
})

export const listAuditLog = defineEndpoint({
  ...admin,
  id: 'listAuditLog',
  method: 'GET',
  path: '/admin/audit',
  summary: 'What was done to all accounts, newest first',
  query: z.object({
    ...pageQuery,
    userId: userId.optional().describe('Account that it was done to.'),
    actorId: userId.optional().describe('User who did it.'),
    action: auditAction.optional(),
    clientAddress: z
      .union([z.ipv4(), z.ipv6()], 'expected an IP address')
      .optional()
      .describe('Network address that it was done from.'),
    from: instant.describe('At or after this time.'),
    to: instant.describe('Before this time.'),
  }),
  answers: { 200: { description: 'One page', body: adminAuditList } },
})

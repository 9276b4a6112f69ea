import { defineEndpoint } from '@jackalope/service-kit/endpoint'
import { z } from 'zod'
import { failureList } from '../admin/failure-view.ts'
import { storageView } from '../admin/storage-view.ts'
import { usageList } from '../admin/usage-view.ts'
import { instant, namedUsers, pageLimit } from './page-query.ts'

const admin = { tag: 'Administration', access: { scope: 'account', role: 'admin' } } as const

export const getStorage = defineEndpoint({
  ...admin,
  id: 'getStorage',
  method: 'GET',
  path: '/admin/storage',
  summary: 'What the stores hold, how long for, and what the upkeep did',
  description: 'Files are counted by the upkeep, and not by this request: `countedAt` says when.',
  answers: { 200: { description: 'The stores', body: storageView } },
})

export const requestUpkeep = defineEndpoint({
  ...admin,
  id: 'requestUpkeep',
  method: 'POST',
  path: '/admin/storage/upkeep',
  summary: 'Has the upkeep run now',
  description: 'Asked for again before it has run, it runs once.',
  answers: { 202: { description: 'It runs as soon as a gateway takes the job' } },
})

export const listFailures = defineEndpoint({
  ...admin,
  id: 'listFailures',
  method: 'GET',
  path: '/admin/failures',
  summary: 'Conversions that stand as failed, by reason',
  description:
    'Those of the last 30 days, as the upkeep counted them last. A conversion that was tried again and completed, or deleted, is none.',
  query: z.object({
    since: instant.describe('Only from this day on, in UTC. 7 days ago by default; 30 days at most.'),
  }),
  answers: { 200: { description: 'The failures', body: failureList } },
})

export const listUsage = defineEndpoint({
  ...admin,
  id: 'listUsage',
  method: 'GET',
  path: '/admin/usage',
  summary: 'What users store and have in work',
  description:
    'The users that are named, or those who store most, in the order of the last count: 1,000 at most.',
  query: z.object({
    users: namedUsers,
    limit: pageLimit(20, 'users'),
    before: z
      .string()
      .regex(/^\d{1,16}-[\w-]{1,60}$/, 'expected the value that "next" of the previous page has')
      .optional()
      .describe('Cursor of "next" of the previous page.'),
  }),
  answers: { 200: { description: 'One page', body: usageList } },
})

import { defineEndpoint, defineProblem } from '@jackalope/service-kit/endpoint'
import { z } from 'zod'
import { jobList, jobView } from '../job-view.ts'

export const jobUnknown = defineProblem({
  code: 'job-unknown',
  status: 404,
  meaning: 'The user has no job with this id.',
})

/** Path parameter: id of a job. */
export const jobParams = z.object({
  id: z.string().describe('Id of the job, such as `v-665f1f77bcf86cd799439011`.'),
})

const defaultLimit = 20
const maxLimit = 100

export const listJobs = defineEndpoint({
  id: 'listJobs',
  method: 'GET',
  path: '/jobs',
  tag: 'Jobs',
  summary: "The user's jobs, newest first",
  access: { scope: 'jobs:read' },
  query: z.object({
    limit: z
      .string()
      .regex(/^([1-9]\d?|100)$/, `expected an integer from 1 to ${maxLimit}`)
      .transform(Number)
      .default(defaultLimit)
      .describe(`Most jobs of a page, 1 to ${maxLimit}; ${defaultLimit} by default.`),
    before: z
      .string()
      .regex(/^\d{1,13}-[0-9a-f]{24}$/, 'expected the value that "next" of the previous page has')
      .optional()
      .describe('Cursor of the next page, as in `next` of this one.'),
  }),
  answers: {
    200: { description: 'A page of jobs', body: jobList, headers: { Link: 'The next page (RFC 8288).' } },
  },
})

export const getJob = defineEndpoint({
  id: 'getJob',
  method: 'GET',
  path: '/jobs/{id}',
  tag: 'Jobs',
  summary: 'One job',
  access: { scope: 'jobs:read' },
  params: jobParams,
  answers: { 200: { description: 'The job', body: jobView } },
  problems: [jobUnknown],
})

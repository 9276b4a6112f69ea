import { defineEndpoint, defineProblem } from '@jackalope/service-kit/endpoint'
import { z } from 'zod'
import { jobDetails, jobList, jobState } from '../job-view.ts'
import { instant, pageLimit } from './page-query.ts'
import { tooManyOpenJobs } from './upload-problems.ts'

export const jobUnknown = defineProblem({
  code: 'job-unknown',
  status: 404,
  meaning: 'The user has no job with this id.',
})
export const jobFinished = defineProblem({
  code: 'job-finished',
  status: 409,
  meaning: 'The job has ended already, so it cannot be canceled.',
})
export const jobNotRetryable = defineProblem({
  code: 'job-not-retryable',
  status: 409,
  meaning: 'Only a job that failed or was canceled can be tried again. The detail says how the job is.',
})
export const sourceExpired = defineProblem({
  code: 'source-expired',
  status: 410,
  meaning:
    'The uploaded file was removed, since its time was over: the job cannot be tried again. "removedAt" says when.',
})
export const jobRunning = defineProblem({
  code: 'job-running',
  status: 503,
  meaning: 'The conversion did not stop in time, so nothing was deleted. Send the request again.',
})
export const tooManyWatchers = defineProblem({
  code: 'too-many-watchers',
  status: 429,
  meaning: 'The user, or all users together, follow as many event streams as one gateway serves.',
})

/** Path parameter: id of a job. */
export const jobParams = z.object({
  id: z.string().describe('Id of the job, such as `v-665f1f77bcf86cd799439011`.'),
})

const maxNameLength = 100

/** Query parameter: cursor of a page of jobs. */
export const jobsBefore = z
  .string()
  .regex(/^\d{1,13}-[0-9a-f]{24}$/, 'expected the value that "next" of the previous page has')
  .optional()
  .describe('Cursor of the next page, as in `next` of this one.')

const nameText = z
  .string()
  .min(1, 'expected some text')
  .max(maxNameLength, `expected at most ${maxNameLength} characters`)
  .transform(text => text.normalize('NFC'))
  .optional()

export const listJobs = defineEndpoint({
  id: 'listJobs',
  method: 'GET',
  path: '/jobs',
  tag: 'Jobs',
  summary: "The user's jobs, newest first",
  description:
    'One request looks at 1,000 jobs at most. A page with a filter may so have fewer jobs than `limit`, or none; as long as there is `next`, there may be more.',
  access: { scope: 'jobs:read' },
  query: z.object({
    limit: pageLimit(20, 'jobs'),
    before: jobsBefore,
    state: jobState.exclude(['unknown']).optional().describe('Only jobs in this state.'),
    fileName: nameText.describe('Only jobs whose file name contains this text, in upper or lower case.'),
    search: nameText.describe(
      'Only jobs whose file name contains each of these words, in any order, in upper or lower case.',
    ),
    since: instant.describe('Only jobs that were created at this time or later.'),
    until: instant.describe('Only jobs that were created before this time.'),
  }),
  answers: {
    200: { description: 'A page of jobs', body: jobList, headers: { 'Link?': 'The next page (RFC 8288).' } },
  },
})

const maxWaitSeconds = 60

export const getJob = defineEndpoint({
  id: 'getJob',
  method: 'GET',
  path: '/jobs/{id}',
  tag: 'Jobs',
  summary: 'One job',
  description: 'With `wait` the answer comes at the next change of the state, or when the time is over.',
  access: { scope: 'jobs:read' },
  params: jobParams,
  query: z.object({
    wait: z
      .string()
      .regex(/^([0-9]|[1-5]\d|60)$/, `expected an integer from 0 to ${maxWaitSeconds}`)
      .transform(Number)
      .default(0)
      .describe(`Longest wait for a change of the state, in seconds, 0 to ${maxWaitSeconds}.`),
  }),
  answers: { 200: { description: 'The job', body: jobDetails } },
  problems: [jobUnknown],
})

export const cancelJob = defineEndpoint({
  id: 'cancelJob',
  method: 'POST',
  path: '/jobs/{id}/cancel',
  tag: 'Jobs',
  summary: 'Cancels a job, also while it runs',
  description:
    'A running conversion stops within seconds. A job that is canceled already is answered in the same way.',
  access: { scope: 'jobs:write' },
  params: jobParams,
  takesIdempotencyKey: true,
  answers: {
    200: { description: 'The job is canceled', body: jobDetails },
    202: { description: 'The job runs, and is told to stop', body: jobDetails },
  },
  problems: [jobUnknown, jobFinished],
})

export const retryJob = defineEndpoint({
  id: 'retryJob',
  method: 'POST',
  path: '/jobs/{id}/retry',
  tag: 'Jobs',
  summary: 'Converts the video of a failed or canceled job again',
  access: { scope: 'jobs:write' },
  params: jobParams,
  takesIdempotencyKey: true,
  answers: { 202: { description: 'The job waits again, with all its attempts', body: jobDetails } },
  problems: [jobUnknown, jobNotRetryable, sourceExpired, tooManyOpenJobs],
})

export const deleteJob = defineEndpoint({
  id: 'deleteJob',
  method: 'DELETE',
  path: '/jobs/{id}',
  tag: 'Jobs',
  summary: 'Deletes a job with its video and its audio; a running conversion is canceled',
  access: { scope: 'jobs:write' },
  params: jobParams,
  answers: { 204: { description: 'The job and its files are gone' } },
  problems: [jobUnknown, jobRunning],
})

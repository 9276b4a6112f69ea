import { defineEndpoint, type EndpointAnswer } from '@jackalope/service-kit/endpoint'
import { jobParams, jobUnknown, tooManyWatchers } from './jobs.ts'

const lastEventId = {
  'Last-Event-ID': 'Id of the last event that the client has seen: the stream goes on after it.',
}

const stream = {
  description: 'The events, until the stream ends',
  contentTypes: ['text/event-stream'],
  headers: { 'X-Accel-Buffering': '`no`: proxies pass events on at once.' },
} satisfies EndpointAnswer

const kinds =
  'Kinds: `snapshot` (first, and whenever events may have been missed), `state`, `progress`, `deleted`. A comment comes every 15 seconds. The stream ends with the access token, after 15 minutes at the latest.'

export const watchJob = defineEndpoint({
  id: 'watchJob',
  method: 'GET',
  path: '/jobs/{id}/events',
  tag: 'Events',
  summary: 'What happens to one job, as server-sent events',
  description: `${kinds} It also ends when the job ends. The last event has an id that ends with \`.end\`: a client that comes back with it gets 204, and must not come again.`,
  access: { scope: 'jobs:read' },
  params: jobParams,
  headers: lastEventId,
  answers: { 200: stream, 204: { description: 'The job has ended, and the client has seen its end' } },
  problems: [jobUnknown, tooManyWatchers],
})

export const watchJobs = defineEndpoint({
  id: 'watchJobs',
  method: 'GET',
  path: '/events',
  tag: 'Events',
  summary: "What happens to all of the user's jobs, as server-sent events",
  description: `${kinds} The snapshot is the first page of \`GET /jobs\`.`,
  access: { scope: 'jobs:read' },
  headers: lastEventId,
  answers: { 200: stream },
  problems: [tooManyWatchers],
})

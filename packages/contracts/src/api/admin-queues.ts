import { defineEndpoint, defineProblem } from '@jackalope/service-kit/endpoint'
import { z } from 'zod'
import { deadLetterPage, deadLetterReplay, deadLettersOfJob } from '../admin/dead-letter-view.ts'
import { queueList } from '../admin/queue-view.ts'
import { operatedQueueNames } from '../operated-queues.ts'
import { pageLimit } from './page-query.ts'

export const deadLetterUnknown = defineProblem({
  code: 'dead-letter-unknown',
  status: 404,
  meaning: 'The queue has no dead letter of this job.',
})
export const deadLetterNotReplayable = defineProblem({
  code: 'dead-letter-not-replayable',
  status: 409,
  meaning:
    'The dead letter cannot be replayed: it is no job, or what the job needs is gone. The detail says which.',
})
export const deadLettersBusy = defineProblem({
  code: 'dead-letters-busy',
  status: 503,
  meaning: 'Another process reads these dead letters. Send the request again.',
})

const admin = { tag: 'Administration', access: { scope: 'account', role: 'admin' } } as const
const queue = z.enum(operatedQueueNames).describe('Name of a queue.')
const params = z.object({
  queue,
  id: z.string().min(1).max(300).describe("The letter's id, which is its job's."),
})

export const listQueues = defineEndpoint({
  ...admin,
  id: 'listQueues',
  method: 'GET',
  path: '/admin/queues',
  summary: 'All queues of the service, with their workers',
  description: 'What a server does not tell in time is missing: `unreadable` of the queue says so.',
  answers: { 200: { description: 'The queues', body: queueList } },
})

export const listDeadLetters = defineEndpoint({
  ...admin,
  id: 'listDeadLetters',
  method: 'GET',
  path: '/admin/dead-letters',
  summary: 'A page of the dead letters of a queue, oldest first',
  description: 'Reads the whole queue of dead letters: 100,000 of them took 5 to 10 seconds.',
  query: z.object({
    queue,
    limit: pageLimit(20, 'letters'),
    offset: z
      .string()
      .regex(/^\d{1,6}$/, 'expected an integer from 0 to 999999')
      .transform(Number)
      .default(0)
      .describe('How many letters are skipped; 0 by default.'),
  }),
  answers: { 200: { description: 'One page', body: deadLetterPage } },
  problems: [deadLettersBusy],
})

export const getDeadLetter = defineEndpoint({
  ...admin,
  id: 'getDeadLetter',
  method: 'GET',
  path: '/admin/dead-letters/{queue}/{id}',
  summary: 'The dead letters of one job, with its data and errors',
  params,
  answers: { 200: { description: 'The letters, oldest first', body: deadLettersOfJob } },
  problems: [deadLetterUnknown, deadLettersBusy],
})

export const replayDeadLetter = defineEndpoint({
  ...admin,
  id: 'replayDeadLetter',
  method: 'POST',
  path: '/admin/dead-letters/{queue}/{id}/replay',
  summary: 'Runs a dead job again, with all its attempts',
  description:
    'A conversion begins a new round, as when its owner tries it again: its end is told anew. The letter is removed when the ' +
    'job is in line. It stays if the job has moved on.',
  params,
  answers: { 200: { description: 'What was done', body: deadLetterReplay } },
  problems: [deadLetterUnknown, deadLetterNotReplayable, deadLettersBusy],
})

export const removeDeadLetter = defineEndpoint({
  ...admin,
  id: 'removeDeadLetter',
  method: 'DELETE',
  path: '/admin/dead-letters/{queue}/{id}',
  summary: 'Removes the dead letters of one job for good',
  description: "The job's record stays as it is.",
  params,
  answers: { 204: { description: 'The letters are gone' } },
  problems: [deadLetterUnknown, deadLettersBusy],
})

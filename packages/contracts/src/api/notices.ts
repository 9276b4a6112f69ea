import { defineEndpoint } from '@jackalope/service-kit/endpoint'
import { z } from 'zod'
import { noticeId, noticeOutcome, noticeState } from '../notices.ts'
import { noSuchUser } from './users.ts'

const internal = { tag: 'Internal', access: 'service' } as const

export const getNotice = defineEndpoint({
  ...internal,
  id: 'getNotice',
  method: 'GET',
  path: '/internal/notices/{id}',
  summary: 'Whether a mail was sent',
  params: z.object({ id: noticeId }),
  answers: { 200: { description: 'As far as it is known', body: noticeState } },
})

export const recordNotice = defineEndpoint({
  ...internal,
  id: 'recordNotice',
  method: 'PUT',
  path: '/internal/notices/{id}',
  summary: 'A mail was sent, or may have been',
  params: z.object({ id: noticeId }),
  body: noticeOutcome,
  answers: { 200: { description: 'As far as it is known now', body: noticeState } },
})

export const setNotices = defineEndpoint({
  ...internal,
  id: 'setNotices',
  method: 'PUT',
  path: '/internal/users/{id}/notices',
  summary: 'Whether a user gets mails about jobs, for whoever holds the link of such a mail',
  params: z.object({ id: z.string() }),
  body: z.object({ notices: z.boolean() }),
  answers: { 204: { description: 'It is so' } },
  problems: [noSuchUser],
})

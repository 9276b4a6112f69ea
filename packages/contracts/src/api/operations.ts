import { defineEndpoint, defineProblem } from '@jackalope/service-kit/endpoint'
import { operation } from '../admin/operation.ts'

export const notAnAdmin = defineProblem({
  code: 'not-an-admin',
  status: 403,
  meaning: 'The user is no admin, or no longer one.',
})

export const recordOperation = defineEndpoint({
  id: 'recordOperation',
  method: 'POST',
  path: '/internal/operations',
  tag: 'Internal',
  summary: 'Records in the audit log what an admin is about to do to the service',
  access: 'service',
  body: operation,
  answers: { 204: { description: 'It is recorded, and may be done' } },
  problems: [notAnAdmin],
})

import { defineEndpoint } from '@jackalope/service-kit/endpoint'
import { accountService, accountUsage, serviceInfo } from '../service-info.ts'

export const getService = defineEndpoint({
  id: 'getService',
  method: 'GET',
  path: '/service',
  tag: 'Service',
  summary: 'What this installation offers: formats, limits, how long files are kept',
  access: 'public',
  answers: { 200: { description: 'What it offers', body: serviceInfo } },
})

export const getAccountUsage = defineEndpoint({
  id: 'getAccountUsage',
  method: 'GET',
  path: '/account/usage',
  tag: 'Service',
  summary: 'What the user has stored and in work, and may have',
  access: { scope: 'jobs:read' },
  answers: { 200: { description: 'Numbers of now', body: accountUsage } },
})

export const getAccountService = defineEndpoint({
  id: 'getAccountService',
  method: 'GET',
  path: '/internal/service',
  tag: 'Internal',
  summary: 'What auth allows in this installation',
  access: 'service',
  answers: { 200: { description: 'What it allows', body: accountService } },
})

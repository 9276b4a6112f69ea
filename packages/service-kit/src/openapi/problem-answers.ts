import { STATUS_CODES } from 'node:http'
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi'
import { problemsOf } from '../endpoint/common-problems.ts'
import type { Endpoint } from '../endpoint/endpoint.ts'
import type { ProblemKind } from '../endpoint/problem-kind.ts'
import { describeHeaders } from './answers.ts'
import { problemHeaders } from './header-schemas.ts'

/** Members that every problem has (RFC 9457), and those of ours. */
export const problemSchema = {
  type: 'object',
  description: 'What is wrong with a request, and what can be done about it (RFC 9457).',
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'Page that explains the code.' },
    title: { type: 'string', description: "The status code's phrase." },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string', description: 'What is wrong with this request, for people.' },
    code: { type: 'string', description: 'What is wrong, for programs.' },
    requestId: { type: 'string', description: 'Id to quote in a report; the log has it too.' },
    errors: {
      type: 'array',
      description: 'Of `invalid-fields`: what is wrong with each member of the body.',
      items: {
        type: 'object',
        properties: { field: { type: 'string' }, detail: { type: 'string' } },
        required: ['field', 'detail'],
      },
    },
  },
  required: ['type', 'title', 'status', 'code', 'requestId'],
} as const

/** The problems of an endpoint as answers: one for each status, with the codes that it can have. */
export function describeProblems(endpoint: Endpoint): ZodOpenApiResponsesObject {
  const byStatus = Map.groupBy(problemsOf(endpoint), ({ status }) => status)
  const statuses = [...byStatus].toSorted(([a], [b]) => a - b)
  return Object.fromEntries(
    statuses.map(([status, kinds]) => [status, describeStatus(status, kinds, endpoint)]),
  )
}

function describeStatus(
  status: number,
  kinds: readonly ProblemKind[],
  endpoint: Endpoint,
): ZodOpenApiResponseObject {
  const codes = kinds.map(({ code }) => code).toSorted()
  const lines = kinds.map(({ code, meaning }) => `- \`${code}\`: ${meaning}`).toSorted()
  return {
    description: `${STATUS_CODES[status] ?? 'Problem'}\n\n${lines.join('\n')}`,
    headers: describeHeaders({ ...problemHeaders[status], ...endpoint.problemHeaders }),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            { type: 'object', properties: { status: { const: status }, code: { enum: codes } } },
          ],
        },
      },
    },
  }
}

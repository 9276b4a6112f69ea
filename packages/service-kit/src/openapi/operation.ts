import { z } from 'zod'
import type {
  ZodOpenApiOperationObject,
  ZodOpenApiRequestBodyObject,
  ZodOpenApiResponseObject,
  ZodOpenApiResponsesObject,
} from 'zod-openapi'
import type { Endpoint, EndpointAccess } from '../endpoint/endpoint.ts'
import { describeAnswers } from './answers.ts'
import { describeProblems } from './problem-answers.ts'

const idempotencyKey =
  'Makes the request safe to repeat: the same key within 24 hours gets the same answer, and nothing is made twice.'

/** One endpoint as an operation of OpenAPI. */
export function describeOperation(endpoint: Endpoint): ZodOpenApiOperationObject {
  const { id, tag, summary, description, access, params, query } = endpoint
  const header = describeRequestHeaders(endpoint)
  const requestBody = describeBody(endpoint)
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: [description, describeAccess(access)].filter(Boolean).join('\n\n') || undefined,
    security: securityOf(access),
    requestParams: { ...(params && { path: params }), ...(query && { query }), ...(header && { header }) },
    ...(requestBody && { requestBody }),
    responses: describeResponses(endpoint),
  }
}

/** A page may answer a person with a status for which a program gets a problem. */
function describeResponses(endpoint: Endpoint): ZodOpenApiResponsesObject {
  const answers = describeAnswers(endpoint)
  const problems = describeProblems(endpoint)
  const both = Object.keys(answers).filter(status => status in problems) as '404'[]
  const merged = both.map(status => {
    const [answer, problem] = [answers[status], problems[status]] as ZodOpenApiResponseObject[]
    return [status, { ...problem, content: { ...answer?.content, ...problem?.content } }]
  })
  return { ...answers, ...problems, ...Object.fromEntries(merged) }
}

function describeAccess(access: EndpointAccess): string | undefined {
  if (typeof access !== 'object') return undefined
  const role = access.role ? `, and the role \`${access.role}\`` : ''
  return `Needs the scope \`${access.scope}\`${role}.`
}

function securityOf(access: EndpointAccess): Record<string, string[]>[] {
  if (access === 'public') return []
  if (access === 'password') return [{ password: [] }]
  if (access === 'service') return [{ service: [] }]
  return [{ token: [access.scope] }, { session: [] }]
}

function describeRequestHeaders({ headers = {}, takesIdempotencyKey }: Endpoint): z.ZodObject | undefined {
  const all = takesIdempotencyKey ? { ...headers, 'Idempotency-Key': idempotencyKey } : headers
  const fields = Object.entries(all).map(([name, text]) => [name, z.string().optional().describe(text)])
  return fields.length > 0 ? z.object(Object.fromEntries(fields)) : undefined
}

function describeBody({ access, body, rawBody }: Endpoint): ZodOpenApiRequestBodyObject | undefined {
  // The router refuses unknown members, but of another service.
  const schema = body instanceof z.ZodObject && access !== 'service' ? body.strict() : body
  if (schema) return { required: !body?.isOptional(), content: { 'application/json': { schema } } }
  if (!rawBody) return undefined
  const content = Object.entries(rawBody).map(([type, form]) => [
    type,
    { schema: form ?? { type: 'string', format: 'binary' } },
  ])
  return { required: true, content: Object.fromEntries(content) }
}

import type { ZodOpenApiContentObject, ZodOpenApiHeadersObject, ZodOpenApiResponsesObject } from 'zod-openapi'
import type { Endpoint, EndpointAnswer } from '../endpoint/endpoint.ts'
import { commonHeaders, headerSchema } from './header-schemas.ts'

const replayed = { 'Idempotency-Replayed?': '`true` for the answer of an earlier request with the same key.' }

/** The answers of an endpoint that are no problems. */
export function describeAnswers({ answers, takesIdempotencyKey }: Endpoint): ZodOpenApiResponsesObject {
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => {
      const headers = describeHeaders({ ...answer.headers, ...(takesIdempotencyKey && replayed) })
      const content = describeContent(answer)
      return [status, { description: answer.description, headers, ...(content && { content }) }]
    }),
  )
}

/** @param headers - descriptions by name; a header whose name ends with `?` may be missing */
export function describeHeaders(headers: Readonly<Record<string, string>>): ZodOpenApiHeadersObject {
  const own = Object.entries(headers).map(([name, description]) => [
    name.replace(/\?$/, ''),
    { description, required: !name.endsWith('?'), schema: headerSchema(name) },
  ])
  const common = Object.entries(commonHeaders).map(([name, { component }]) => [
    name,
    { $ref: `#/components/headers/${component}` },
  ])
  return Object.fromEntries([...own, ...common])
}

function describeContent({ body, contentTypes = [] }: EndpointAnswer): ZodOpenApiContentObject | undefined {
  const content: ZodOpenApiContentObject = {}
  if (body) content['application/json'] = { schema: body }
  for (const type of contentTypes) content[type] = { schema: schemaOfBytes(type) }
  return Object.keys(content).length > 0 ? content : undefined
}

function schemaOfBytes(type: string) {
  return type.startsWith('text/')
    ? ({ type: 'string' } as const)
    : ({ type: 'string', format: 'binary' } as const)
}

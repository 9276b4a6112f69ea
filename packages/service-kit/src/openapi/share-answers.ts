import type { oas31 } from 'zod-openapi'

/** Moves problems that several operations answer to the components, named by their codes: else they make up most of the
 *  document. */
export function shareAnswers(document: oas31.OpenAPIObject): oas31.OpenAPIObject {
  const places = Object.values(document.paths ?? {})
    .flatMap(item => Object.values(item) as oas31.OperationObject[])
    .flatMap(({ responses = {} }) => Object.keys(responses).map(status => ({ responses, status })))
    .filter(({ responses, status }) => Number(status) >= 400 && isProblemOnly(responses[status]))
  const shared: Record<string, oas31.ResponseObject> = {}
  for (const same of Map.groupBy(places, ({ responses, status }) =>
    JSON.stringify(responses[status]),
  ).values()) {
    const [first] = same
    if (!first || same.length === 1) continue
    const answer = first.responses[first.status] as oas31.ResponseObject
    const name = nameOf(answer)
    // Another answer has the same codes.
    if (shared[name]) continue
    shared[name] = answer
    for (const { responses, status } of same) responses[status] = { $ref: `#/components/responses/${name}` }
  }
  return { ...document, components: { ...document.components, responses: shared } }
}

function isProblemOnly({ content = {} }: oas31.ResponseObject): boolean {
  return Object.keys(content).join() === 'application/problem+json'
}

/** `job-unknown` and `not-found` become `JobUnknownOrNotFound`. */
function nameOf({ content }: oas31.ResponseObject): string {
  const schema = content?.['application/problem+json']?.schema as {
    allOf: { properties: { code: { enum: string[] } } }[]
  }
  const codes = schema.allOf[1]?.properties.code.enum ?? []
  return codes.map(code => code.replaceAll(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase())).join('Or')
}

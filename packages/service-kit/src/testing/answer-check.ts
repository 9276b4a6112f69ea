import type { oas31 } from 'zod-openapi'
import type { OpenapiDocument } from '../openapi/openapi-document.ts'
import { createOperationFinder } from './find-operation.ts'
import { createSchemaCheck } from './schema-check.ts'

/** An answer as it was sent, with the request that it belongs to. */
export interface SentAnswer {
  method: string
  /** Without the query. */
  path: string
  status: number
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>
  /** `undefined` for bytes that are not looked at. */
  body: string | undefined
}

/** Headers that any answer may have: those of the connection, of caches, and of browsers' rules. */
const anywhere =
  /^(connection|keep-alive|date|transfer-encoding|content-(encoding|length|security-policy|type)|vary|cache-control|x-content-type-options|x-robots-tag|x-frame-options|referrer-policy|permissions-policy|strict-transport-security|cross-origin-.*|origin-agent-cluster|access-control-.*)$/

const notFound = 'not-found'

/** Compares answers with the document that describes them. Gives what deviates: an operation, status, media type, body or
 *  header that is not documented, or a documented header that is missing. */
export function createAnswerCheck(document: OpenapiDocument): (answer: SentAnswer) => string[] {
  const find = createOperationFinder(document)
  const check = createSchemaCheck(document)
  const resolve = <T extends object>(value: T | oas31.ReferenceObject, path: string[]) =>
    '$ref' in value
      ? { value: check.at(value.$ref) as T, pointer: value.$ref }
      : {
          value,
          pointer: `#/${path.map(each => each.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`,
        }

  return answer => {
    const found = find(answer.method, answer.path)
    if (!found) return answer.status === 404 ? isProblem(answer, notFound) : ['the document has no such path']
    if (!found.operation) return answer.method === 'OPTIONS' ? [] : refusesMethod(answer)
    const documented = found.operation.responses?.[answer.status]
    if (!documented) return [`status ${answer.status} is not documented`]
    const place = ['paths', found.template, found.verb, 'responses', String(answer.status)]
    const { value, pointer } = resolve<oas31.ResponseObject>(documented, place)
    return [...checkHeaders(answer, value), ...checkBody(answer, value, pointer)]
  }

  function checkHeaders(
    { headers }: SentAnswer,
    { headers: documented = {} }: oas31.ResponseObject,
  ): string[] {
    const known = Object.entries(documented).map(([name, header]) => ({
      name: name.toLowerCase(),
      header: resolve<oas31.HeaderObject>(header, []).value,
    }))
    const names = new Set(known.map(({ name }) => name))
    return [
      ...known
        .filter(({ name, header }) => header.required && headers[name] === undefined)
        .map(({ name }) => `header ${name} is missing`),
      ...Object.keys(headers)
        .filter(name => !names.has(name) && !anywhere.test(name))
        .map(name => `header ${name} is not documented`),
      ...known.flatMap(({ name, header }) =>
        check.text(header.schema, headers[name]).map(fault => `header ${name}: ${fault}`),
      ),
    ]
  }

  function checkBody(
    { method, headers, body }: SentAnswer,
    { content }: oas31.ResponseObject,
    pointer: string,
  ): string[] {
    const type = headers['content-type']?.split(';')[0]?.trim()
    if (!content) return type || body ? [`there is a body of ${type}, and none is documented`] : []
    if (!type || !content[type]) return [`media type ${type} is not documented`]
    if (method === 'HEAD' || !/[/+]json$/.test(type) || body === undefined) return []
    return check.json(`${pointer}/content/${type.replaceAll('/', '~1')}/schema`, body)
  }
}

function isProblem({ method, headers, body }: SentAnswer, code: string): string[] {
  if (headers['content-type'] !== 'application/problem+json') return ['the answer is no problem']
  if (method === 'HEAD') return []
  const found = JSON.parse(body ?? '{}').code
  return found === code ? [] : [`the problem has the code ${found}, not ${code}`]
}

function refusesMethod(answer: SentAnswer): string[] {
  if (answer.status !== 405) return [`the document has no ${answer.method} there`]
  return [
    ...isProblem(answer, 'method-not-allowed'),
    ...(answer.headers.allow ? [] : ['header allow is missing']),
  ]
}

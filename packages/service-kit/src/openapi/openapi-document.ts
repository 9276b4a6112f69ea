import { createDocument, type oas31, type ZodOpenApiOverride } from 'zod-openapi'
import type { Endpoint } from '../endpoint/endpoint.ts'
import { commonHeaders } from './header-schemas.ts'
import { describeOperation } from './operation.ts'
import { problemSchema } from './problem-answers.ts'
import { shareAnswers } from './share-answers.ts'

export interface DocumentInfo {
  title: string
  version: string
  /** Markdown. */
  description?: string
  /** Address of the API as its users reach it. @default none: the one that the document was read from */
  serverUrl?: string
  /** Descriptions of groups, in the order in which they are shown. */
  tags?: Readonly<Record<string, string>>
}

export type OpenapiDocument = oas31.OpenAPIObject

/** Describes endpoints as a document of OpenAPI 3.1.
 *  @throws {Error} for two endpoints with the same method and path, or the same id, and for a schema that JSON Schema
 *  cannot express */
export function openapiDocument(endpoints: readonly Endpoint[], info: DocumentInfo): OpenapiDocument {
  const { title, version, description, serverUrl, tags = {} } = info
  const paths: Record<string, Record<string, ReturnType<typeof describeOperation>>> = {}
  const ids = new Set<string>()
  for (const endpoint of endpoints) {
    const { id, path, method } = endpoint
    const verb = method.toLowerCase()
    if (ids.has(id) || paths[path]?.[verb])
      throw new Error(`Endpoint ${id} (${method} ${path}) is defined twice`)
    ids.add(id)
    paths[path] = { ...paths[path], [verb]: describeOperation(endpoint) }
  }
  const document = createDocument(
    {
      openapi: '3.1.1',
      info: { title, version, description, license: { name: 'MIT', identifier: 'MIT' } },
      servers: [{ url: serverUrl ?? '/' }],
      tags: Object.entries(tags).map(([name, text]) => ({ name, description: text })),
      paths,
      components: {
        schemas: { Problem: problemSchema as never },
        headers: Object.fromEntries(
          Object.values(commonHeaders).map(({ component, header }) => [component, header]),
        ),
        securitySchemes: securitySchemesFor(endpoints),
      },
    },
    { override: allowNewMembers },
  ) as OpenapiDocument
  return shareAnswers(document)
}

/** A later version may add members to an answer; clients ignore what they do not know. */
const allowNewMembers: ZodOpenApiOverride = ({ jsonSchema, io }) => {
  if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
}

function securitySchemesFor(endpoints: readonly Endpoint[]): Record<string, oas31.SecuritySchemeObject> {
  const used = new Set<string>(
    endpoints.flatMap(({ access }) => (typeof access === 'object' ? ofUsers : access)),
  )
  return Object.fromEntries(Object.entries(securitySchemes).filter(([name]) => used.has(name)))
}

/** How an operation for users may be called: by a token, or by the session of a browser. */
const ofUsers = ['token', 'session']

const securitySchemes: Record<string, oas31.SecuritySchemeObject> = {
  token: {
    type: 'http',
    scheme: 'bearer',
    description:
      'An access token of `POST /login`, or an API key. It must have the scope that the operation names.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-session',
    description:
      'The session of a browser, by `POST /session`. It counts for requests from pages of the service alone, and not beside a token.',
  },
  password: {
    type: 'http',
    scheme: 'basic',
    description: 'E-mail address and password, in UTF-8 (RFC 7617).',
  },
  service: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Service-Token',
    description: 'Proof of another service.',
  },
}

import type { z } from 'zod'
import type { ProblemKind } from './problem-kind.ts'

export type EndpointMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Who may call an endpoint: everybody; a user with e-mail address and password (RFC 7617); another service, with the
 *  service token; or the holder of an access token or API key with this scope, and this role if one is named. */
export type EndpointAccess = 'public' | 'password' | 'service' | { scope: string; role?: string }

/** An answer of an endpoint. */
export interface EndpointAnswer {
  description: string
  /** Schema of a JSON body. @default no body, or one of `contentTypes` */
  body?: z.ZodType
  /** Media types of a body that is no JSON, such as `audio/mpeg`. */
  contentTypes?: readonly string[]
  /** Headers of this answer by name, with their descriptions. One that may be missing has a name that ends with `?`. */
  headers?: Readonly<Record<string, string>>
}

/** One operation of an HTTP API: what a request may hold, and what it is answered. The same definition checks requests,
 *  documents them (OpenAPI 3.1) and types the handler. */
export interface Endpoint {
  /** Name of the operation, in camelCase; unique (`operationId` of OpenAPI). */
  id: string
  /** `GET` serves `HEAD` too. */
  method: EndpointMethod
  /** Template of the path, such as `/jobs/{id}`. */
  path: string
  /** Group in the documentation. */
  tag: string
  summary: string
  /** Markdown. */
  description?: string
  access: EndpointAccess
  /** Parameters of the path. A value that does not fit is answered like an unknown path, 404. */
  params?: z.ZodObject
  /** Parameters of the query. Others are refused, 400; so is one that comes twice, unless it is an array. @default none */
  query?: z.ZodObject
  /** Schema of a JSON body. Unknown members are refused, 422. @default no body is read */
  body?: z.ZodType
  /** Media types of bodies that the handler reads itself, with the schema of a form's fields, or `undefined` for bytes. */
  rawBody?: Readonly<Record<string, z.ZodObject | undefined>>
  /** Request headers by name, with their descriptions. */
  headers?: Readonly<Record<string, string>>
  /** Answers by status; the first is the usual one. */
  answers: Readonly<Record<number, EndpointAnswer>>
  /** Problems besides those of every request (`problemsOf`). @default none */
  problems?: readonly ProblemKind[]
  /** Headers of its problems by name, with their descriptions; names as in `EndpointAnswer`. @default none */
  problemHeaders?: Readonly<Record<string, string>>
  /** Group of endpoints that share a limit of their rate. @default `read` for `GET`, else `write` */
  rateClass?: string
  /** Whether a request may bear an `Idempotency-Key`, since it makes something. @default false */
  takesIdempotencyKey?: boolean
}

/** Gives the definition back, with its exact type. */
export function defineEndpoint<const E extends Endpoint>(endpoint: E): E {
  return endpoint
}

/** What a handler receives of a checked request. */
export interface EndpointInput<E extends Endpoint> {
  params: E['params'] extends z.ZodObject ? z.output<E['params']> : Record<string, never>
  query: E['query'] extends z.ZodObject ? z.output<E['query']> : Record<string, never>
  body: E['body'] extends z.ZodType ? z.output<E['body']> : undefined
}

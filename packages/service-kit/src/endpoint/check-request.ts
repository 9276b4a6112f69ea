import type { RouterContext } from '@koa/router'
import { z } from 'zod'
import { problem } from '../http/http-problem.ts'
import { fieldsInvalid, pathUnknown, queryInvalid } from './common-problems.ts'
import type { Endpoint, EndpointInput } from './endpoint.ts'
import { readJson } from './read-json.ts'

/** Checks a request against its endpoint's schemas.
 *  @throws {HttpProblem} 400 for the query, 404 for the path's parameters, 400, 413, 415 or 422 for the body */
export type RequestCheck<E extends Endpoint> = (ctx: RouterContext) => Promise<EndpointInput<E>>

export function createRequestCheck<E extends Endpoint>(endpoint: E): RequestCheck<E> {
  // Another service of ours may be of a later version, which says more.
  const isService = endpoint.access === 'service'
  const parameters = endpoint.query ?? z.object({})
  const query = isService ? parameters : parameters.strict()
  const body = isService ? endpoint.body : endpoint.body && refuseUnknownMembers(endpoint.body)
  return async ctx =>
    ({
      params: endpoint.params ? readParams(ctx, endpoint.params) : {},
      query: readQuery(ctx, query),
      body: body && readBody(await readJson(ctx), body),
    }) as EndpointInput<E>
}

/** Of an object itself, and of one that may be missing. */
function refuseUnknownMembers(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional) return refuseUnknownMembers(schema.unwrap() as z.ZodType).optional()
  return schema instanceof z.ZodObject ? schema.strict() : schema
}

function readParams(ctx: RouterContext, schema: z.ZodType): unknown {
  const parsed = schema.safeParse({ ...ctx.params })
  if (parsed.success) return parsed.data
  throw problem(pathUnknown, { detail: `There is nothing at ${ctx.path}.` })
}

function readQuery(ctx: RouterContext, schema: z.ZodObject): unknown {
  const given: Record<string, unknown> = { ...ctx.query }
  for (const [name, value] of Object.entries(given)) {
    if (Object.hasOwn(schema.shape, name) && schema.shape[name] instanceof z.ZodArray)
      given[name] = [value].flat()
    else if (Array.isArray(value))
      throw problem(queryInvalid, {
        detail: `Query "${shorten(name)}": expected one value, got ${value.length}.`,
      })
  }
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw problem(queryInvalid, { detail: describeQueryIssue(issue as z.core.$ZodIssue, ctx.path) })
}

function describeQueryIssue(issue: z.core.$ZodIssue, path: string): string {
  if (issue.code === 'unrecognized_keys')
    return `Query ${issue.keys.map(key => JSON.stringify(shorten(key))).join(', ')}: ${path} has no such parameter.`
  return `Query "${issue.path.join('.')}": ${issue.message}.`
}

function readBody(value: unknown, schema: z.ZodType): unknown {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.flatMap(describeIssue)
  throw problem(fieldsInvalid, {
    detail: errors.map(({ field, detail }) => (field ? `${field}: ${detail}` : detail)).join('; '),
    extensions: { errors },
  })
}

function describeIssue(issue: z.core.$ZodIssue): { field: string; detail: string }[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => ({
      field: [...issue.path, shorten(key)].join('.'),
      detail: 'there is no such member',
    }))
  return [{ field: issue.path.join('.'), detail: issue.message }]
}

/** Names come from the client: a long one is not repeated as a whole. */
function shorten(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}...` : name
}

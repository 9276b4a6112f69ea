import { HttpProblem } from '@jackalope/service-kit'
import type { Context } from 'koa'
import { koaBody } from 'koa-body'
import type { z } from 'zod'

/** Largest body, in bytes. A registration has a few hundred. */
const maxBodyBytes = 8 * 1024

const parseBody = koaBody({
  jsonTypes: ['application/json'],
  jsonLimit: maxBodyBytes,
  urlencoded: false,
  text: false,
  onError(error) {
    throw toProblem(error)
  },
})

/** Reads a request's body as JSON that fits a schema.
 *  @throws {HttpProblem} 415 if the content type is not JSON, 413 if the body is too large, 400 if it is not JSON, 422
 *  with an entry in `errors` for each invalid field */
export async function readJson<Schema extends z.ZodType>(
  ctx: Context,
  schema: Schema,
): Promise<z.output<Schema>> {
  await parseBody(ctx, async () => {})
  if (ctx.request.body === undefined)
    throw new HttpProblem(415, {
      code: 'json-expected',
      detail: 'Send the body as JSON, with the header "Content-Type: application/json".',
    })
  const parsed = schema.safeParse(ctx.request.body)
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), detail: message }))
  throw new HttpProblem(422, {
    code: 'invalid-fields',
    detail: errors.map(({ field, detail }) => (field ? `${field}: ${detail}` : detail)).join('; '),
    extensions: { errors },
  })
}

function toProblem(error: Error & { status?: number }): HttpProblem {
  if (error.status === 413)
    return new HttpProblem(413, {
      code: 'body-too-large',
      detail: `The body may have ${maxBodyBytes} bytes at most.`,
    })
  if (error.status === 415)
    return new HttpProblem(415, { code: 'encoding-unsupported', detail: 'Send the body as plain UTF-8.' })
  // The parser's message is left out: it quotes the body, which may contain a password.
  return new HttpProblem(400, { code: 'malformed-json', detail: 'The body is not well-formed JSON.' })
}

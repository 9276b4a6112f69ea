import { accounts, linkToken, users } from '@jackalope/contracts/api'
import type { HttpProblem } from '@jackalope/service-kit'
import type { Context, Middleware } from 'koa'
import type { AuthClient } from '../auth/auth-client.ts'
import { headersFor } from '../auth/pass-to-auth.ts'
import { readProblem } from '../auth/read-problem.ts'
import { askPage, donePage, type LinkPage } from './link-pages.ts'
import { readForm } from './read-form.ts'
import { addressTaken, linkIncomplete, linkVoid } from './refusals.ts'
import { sendPage } from './send-page.ts'

/** `GET` of a page: shows its form, and changes nothing. */
export function showLinkPage(page: LinkPage): Middleware {
  return async ctx => {
    const token = linkToken.safeParse(ctx.query.token)
    if (token.success) sendPage(ctx, 200, askPage(page, token.data))
    else sendPage(ctx, 400, linkIncomplete)
  }
}

/** `POST` of a page's form: asks auth to do it, and shows the result in words. */
export function sendLinkForm(page: LinkPage, { auth }: { auth: AuthClient }): Middleware {
  return async ctx => {
    const form = await readForm(ctx)
    const token = linkToken.safeParse(form.get('token'))
    if (!token.success) return sendPage(ctx, 400, linkIncomplete)
    const password = form.get('password') ?? ''
    const fields = page.hasPassword ? { token: token.data, password } : { token: token.data }
    const response = await auth.send({
      path: page.authPath,
      headers: headersForJson(ctx),
      body: Buffer.from(JSON.stringify(fields)),
    })
    if (response.ok) return sendPage(ctx, 200, donePage(page))
    const problem = await readProblem(response)
    ctx.state.problemCode = problem.code
    if (problem.code === accounts.oneTimeTokenInvalid.code) return sendPage(ctx, 400, linkVoid(page))
    if (problem.code === users.emailTaken.code) return sendPage(ctx, 409, addressTaken)
    const error = fieldError(problem, 'password')
    if (page.hasPassword && error) return sendPage(ctx, 422, askPage(page, token.data, error))
    throw problem
  }
}

function headersForJson(ctx: Context): Headers {
  const headers = headersFor(ctx)
  headers.delete('Authorization')
  headers.set('Accept', 'application/json')
  headers.set('Content-Type', 'application/json')
  return headers
}

/** What is wrong with one field (`invalid-fields`). */
function fieldError({ extensions }: HttpProblem, name: string): string | undefined {
  if (!Array.isArray(extensions.errors)) return undefined
  const found = extensions.errors.find(error => error?.field === name)
  return typeof found?.detail === 'string' ? found.detail : undefined
}

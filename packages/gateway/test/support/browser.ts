import type { SessionUser } from '@jackalope/contracts'
import { publicUrl, type TestGateway } from './test-gateway.ts'

/** How a browser shows that a request is from a page of ours. */
export const ownPage = { 'Sec-Fetch-Site': 'same-origin', Origin: publicUrl }

export type Browser = ReturnType<typeof openBrowser>

/** A browser without pages, which keeps cookies. */
export function openBrowser({ url }: Pick<TestGateway, 'url'>) {
  let cookie: string | undefined
  const browser = {
    /** `NAME=VALUE` of the cookie; `undefined` if there is none. */
    get cookie() {
      return cookie
    },
    set cookie(value) {
      cookie = value
    },
    /** Sends a request from a page of ours, unless the headers say otherwise. */
    async send(method: string, path: string, init: RequestInit = {}, at = url): Promise<Response> {
      const headers = new Headers({ 'User-Agent': 'Firefox/1', ...ownPage })
      for (const [name, value] of new Headers(init.headers)) headers.set(name, value)
      for (const [name, value] of [...headers]) if (value === '') headers.delete(name)
      if (cookie !== undefined) headers.set('Cookie', `theme=dark; ${cookie}`)
      const response = await fetch(at + path, { redirect: 'manual', ...init, method, headers })
      const [set] = response.headers.getSetCookie()
      const [pair = '', ...attributes] = set?.split('; ') ?? []
      if (set) cookie = attributes.includes('Max-Age=0') ? undefined : pair
      return response
    },
    json: (method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
      browser.send(method, path, {
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json', ...headers },
      }),
    async user(): Promise<SessionUser | null> {
      const response = await browser.send('GET', '/session')
      if (!response.ok) throw new Error(`GET /session: ${response.status}`)
      return ((await response.json()) as { user: SessionUser | null }).user
    },
  }
  return browser
}

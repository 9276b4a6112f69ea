import assert from 'node:assert/strict'
import { type OpenedSession, openedSession, type SessionHolder, sessionHolder } from '@jackalope/contracts'
import { ada, from, serviceToken, type TestAuth } from './test-auth.ts'

/** What the gateway asks auth about the sessions of browsers. */
export function browsersOf(auth: Pick<TestAuth, 'call'>) {
  const ask = (path: string, body?: unknown, headers: Record<string, string> = {}) =>
    auth.call('POST', `/internal/browser-sessions${path}`, {
      ...{ token: serviceToken, body },
      headers: { 'User-Agent': 'Firefox/1', ...from('192.0.2.1'), ...headers },
    })
  const opened = async (response: Response): Promise<OpenedSession> => {
    assert.equal(response.status, 201, await response.clone().text())
    return openedSession.strict().parse(await response.json())
  }
  return {
    ask,
    signIn: async (who = ada, headers?: Record<string, string>) => opened(await ask('', who, headers)),
    guest: async (headers?: Record<string, string>) => opened(await ask('/guest', undefined, headers)),
    /** `undefined` if the session has ended. */
    async exchange(token: string, headers?: Record<string, string>): Promise<SessionHolder | undefined> {
      const response = await ask('/exchange', { token }, headers)
      if (response.status === 404) return undefined
      return sessionHolder.strict().parse(await response.json())
    },
    /** A request of a browser, as the gateway passes it on. */
    call: (method: string, path: string, token: string, body?: unknown) =>
      auth.call(method, path, { body, headers: { 'X-Session-Token': token, ...from('192.0.2.1') } }),
  }
}

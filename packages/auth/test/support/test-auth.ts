import { type AccessTokenResponse, accessTokenResponse } from '@jackalope/contracts'
import { apiInfo, definedEndpoints } from '@jackalope/contracts/api'
import {
  type CleanUpOwner,
  createMysqlDatabase,
  onEnd,
  redisUrl,
  type TestDatabase,
} from '@jackalope/local-servers/testing'
import { createLogger, createMetrics, probePaths, Resources } from '@jackalope/service-kit'
import { openapiDocument } from '@jackalope/service-kit/openapi'
import { watchAnswers } from '@jackalope/service-kit/testing'
import { type AuthConfig, authConfig } from '../../src/auth-config.ts'
import type { LoginLimits } from '../../src/login/login-attempts.ts'
import { startAuth } from '../../src/start-auth.ts'

export const jwtSecret = 'only-for-tests-0123456789-abcdefghij'
export const serviceToken = 'service-token-for-tests-0123456789-xyz'
export const ada = { email: 'ada@example.com', password: 'Correct-horse-9' }

export interface TestAuth extends TestDatabase {
  baseUrl: string
  get(path: string, headers?: Record<string, string>): Promise<Response>
  register(body: unknown, headers?: Record<string, string>): Promise<Response>
  call(method: string, path: string, call?: Call): Promise<Response>
  /** Logs in with `user:password` in UTF-8. */
  login(user: string, password: string, headers?: Record<string, string>): Promise<Response>
}

export interface TestAuthOptions extends Partial<AuthConfig> {
  loginLimits?: Partial<LoginLimits>
  /** Prefix of queues and keys. */
  prefix?: string
}

/** A RabbitMQ that is away, since most tests need none. */
export function noServers() {
  return { AMQP_URL: 'amqp://127.0.0.1:1', REDIS_URL: redisUrl() }
}

const document = openapiDocument(definedEndpoints, apiInfo)

/** Auth on a free port with an empty database. Mail is off unless the options say otherwise. The test fails
 *  when an answer deviates from the document of the API. */
export async function startTestAuth(owner: CleanUpOwner, options: TestAuthOptions = {}): Promise<TestAuth> {
  const { loginLimits, prefix, ...overrides } = options
  const database = await createMysqlDatabase(owner)
  const secrets = { JWT_SECRET: jwtSecret, SERVICE_TOKEN: serviceToken }
  const env = { PORT: '1', MYSQL_URL: database.url, MAIL: 'off', ...noServers(), ...secrets }
  const config = { ...authConfig.parse(env), PORT: 0, ...overrides }
  const logger = createLogger({ service: 'auth', level: 'silent' })
  const resources = new Resources()
  const shutdown = new AbortController()
  onEnd(owner, () => {
    shutdown.abort()
    return resources.close()
  })
  const metrics = createMetrics('auth')
  const context = { config, logger, resources, metrics, shutdown: shutdown.signal }
  const { url } = await startAuth(context, { loginLimits, prefix })
  const answers = watchAnswers(url, document, { ignore: probePaths })
  onEnd(owner, () => answers.stop())
  return { ...database, baseUrl: url, ...createClient(url) }
}

/** What is sent besides method and path. */
export interface Call {
  /** Access token or API key. */
  token?: string
  /** Sent as JSON. */
  body?: unknown
  headers?: Record<string, string>
}

export function createClient(url: string): Pick<TestAuth, 'get' | 'register' | 'login' | 'call'> {
  return {
    call(method, path, { token, body, headers = {} } = {}) {
      const all = new Headers(headers)
      if (token !== undefined) all.set('Authorization', `Bearer ${token}`)
      if (body !== undefined) all.set('Content-Type', 'application/json')
      return fetch(url + path, {
        method,
        headers: all,
        body: body === undefined ? undefined : JSON.stringify(body),
      })
    },
    get: (path, headers = {}) => fetch(url + path, { headers }),
    register: (body, headers = {}) =>
      fetch(`${url}/register`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    login: (user, password, headers = {}) =>
      fetch(`${url}/login`, {
        method: 'POST',
        headers: { Authorization: basic(`${user}:${password}`), ...headers },
      }),
  }
}

export function basic(userAndPassword: string): string {
  return `Basic ${Buffer.from(userAndPassword).toString('base64')}`
}

/** The headers with which the gateway names a client's address. */
export function from(address: string): Record<string, string> {
  return { 'X-Client-Address': address, 'X-Service-Token': serviceToken }
}

/** Logs a registered user in. */
export async function loggedIn(
  auth: Pick<TestAuth, 'login'>,
  headers: Record<string, string> = {},
  { email, password } = ada,
): Promise<AccessTokenResponse> {
  const response = await auth.login(email, password, headers)
  if (!response.ok) throw new Error(`The login failed: ${await response.text()}`)
  return accessTokenResponse.strict().parse(await response.json())
}

/** The problem details of an answer. */
export async function problemOf(response: Response): Promise<Record<string, unknown>> {
  if (response.headers.get('content-type') !== 'application/problem+json')
    throw new Error(`Expected a problem, got ${response.status}: ${await response.text()}`)
  const { requestId: _, ...problem } = (await response.json()) as Record<string, unknown>
  return problem
}

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { describe, it, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '@jackalope/local-servers'
import { Resources } from '@jackalope/service-kit'
import { createConnection } from 'mysql2/promise'
import { createUserDirectory } from '../../src/users/user-directory.ts'
import { serviceToken } from '../support/auth-server.ts'
import { until } from '../support/kit.ts'

const main = fileURLToPath(new URL('../../../auth/src/main.ts', import.meta.url))
const never = new AbortController().signal

/** auth as a process of its own, on a database of its own. */
async function startAuth(t: TestContext): Promise<string> {
  const resources = new Resources()
  t.after(() => resources.close())
  const mysqlUrl = await createDatabase(resources)
  const port = await findFreePort()
  const env = {
    PATH: process.env.PATH,
    PORT: String(port),
    MYSQL_URL: mysqlUrl,
    JWT_SECRET: 'zT4mQ9xWc2Lr7Ny5Bv8Kd1Hs6Jf3Gp0a',
    SERVICE_TOKEN: serviceToken,
  }
  const auth = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  resources.defer(() => stop(auth))
  const url = `http://127.0.0.1:${port}`
  await until('auth to be ready', async () => {
    assert.equal(auth.exitCode, null, 'auth has ended')
    const response = await fetch(`${url}/readyz`).catch(() => undefined)
    return response?.ok
  })
  return url
}

async function createDatabase(resources: Resources): Promise<string> {
  const { MYSQL_URL } = process.env
  if (!MYSQL_URL) throw new Error('MYSQL_URL is not set: run the tests through ./jackalope test')
  const url = new URL(MYSQL_URL)
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const connection = await createConnection(MYSQL_URL)
  await connection.query(`CREATE DATABASE ${name}`)
  resources.defer(async () => {
    await connection.query(`DROP DATABASE ${name}`)
    await connection.end()
  })
  url.pathname = name
  return url.href
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

describe('createUserDirectory, asking the real auth,', () => {
  it('finds a registered user, and tells one who is unknown and a wrong token apart', async t => {
    const authUrl = await startAuth(t)
    const registered = await fetch(`${authUrl}/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'Ada@example.com', password: 'Correct-horse-9' }),
    })
    assert.equal(registered.status, 201)
    const { id } = (await registered.json()) as { id: string }

    const users = createUserDirectory({ authUrl, serviceToken })
    assert.deepEqual(await users.find(id, never), { id, email: 'ada@example.com' })
    await assert.rejects(users.find(randomUUID(), never), { code: 'ERR_USER_GONE' })
    const stranger = createUserDirectory({ authUrl, serviceToken: 'another' })
    await assert.rejects(stranger.find(id, never), { code: 'ERR_AUTH_REFUSED' })
    const lost = createUserDirectory({ authUrl: `${authUrl}/v2`, serviceToken })
    await assert.rejects(lost.find(id, never), { code: 'ERR_AUTH_UNAVAILABLE', message: /AUTH_URL/ })
  })
})

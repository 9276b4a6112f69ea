import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { runToEnd } from '../../../packages/local-servers/src/testing/index.ts'
import { linkOf, mailTo, pressButton } from '../../support/mail-links.ts'
import { password, register } from '../../support/session.ts'
import type { World } from './world.ts'

export interface Person {
  email: string
  password: string
}

/** Somebody who has registered and has confirmed the address. */
export async function newPerson({ system, origin }: World): Promise<Person> {
  const email = await register(origin)
  const confirmed = await pressButton(linkOf(await mailTo(system, email, /^Confirm your e-mail address/)))
  assert.equal(confirmed.status, 200, confirmed.body)
  return { email, password }
}

/** Makes an operator of somebody, as `./jackalope admin` does. The next session has the role. */
export async function makeAdmin({ system }: World, { email }: Person): Promise<void> {
  const env = { ...process.env, MYSQL_URL: system.databaseUrl, MAIL: '' }
  const { exitCode, stderr } = await runToEnd(process.execPath, ['packages/auth/src/grant-admin.ts', email], {
    env,
  })
  assert.equal(exitCode, 0, stderr)
}

/** Signs in by a request of the page itself, for journeys that are about something else. */
export async function enter(page: Page, { email, password }: Person): Promise<void> {
  await page.goto('/sign-in')
  const status = await page.evaluate(
    async body => {
      const headers = { 'Content-Type': 'application/json' }
      return (await fetch('/session', { method: 'POST', headers, body: JSON.stringify(body) })).status
    },
    { email, password },
  )
  assert.equal(status, 201)
}

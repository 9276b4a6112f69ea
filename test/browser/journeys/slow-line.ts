import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { signUp } from '../../../packages/cli/src/demo/page-guide.ts'
import { password } from '../../support/session.ts'
import { enter, newPerson } from '../support/people.ts'
import { visit, type World } from '../support/world.ts'

/** What Chromium reports of requests that a lost connection has ended, and of scripts that are gone. */
const lost = /net::ERR_|Failed to fetch|status of 404|Unable to preload/

export function slowLine(world: World): void {
  test('while a view is loading a line says so, and the view before it stays', async t => {
    const { page } = await visit(t, world)
    const asked = Promise.withResolvers<() => void>()
    await page.route('**/assets/sign-up-*.js', route => asked.resolve(() => void route.continue()))
    await page.goto('/')
    const signedUp = signUp(page, { email: `slow-${randomUUID()}@example.com`, password })
    const goOn = await asked.promise
    await page.getByRole('progressbar', { name: 'Loading' }).waitFor()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    goOn()
    await signedUp
    assert.equal(await page.getByRole('progressbar', { name: 'Loading' }).count(), 0)
  })

  test('a view that cannot be loaded says so, and is there when the connection is back', async t => {
    const { page, complaints } = await visit(t, world)
    complaints.expect(lost)
    await enter(page, await newPerson(world))
    await page.goto('/')
    await page.getByRole('link', { name: 'History' }).waitFor()
    await world.proxy.cut()
    await page.getByRole('link', { name: 'History' }).click()
    await page.getByText('The connection is lost, or the service is out of reach').waitFor()
    await page.getByRole('button', { name: 'Reload' }).click()
    await page.getByText('The service cannot be reached').waitFor()
    await world.proxy.listen()
    await page.getByRole('button', { name: 'Reload' }).click()
    await page.getByRole('heading', { name: 'History' }).waitFor()
  })

  test('a page whose parts are gone, since a newer version is there, loads itself anew', async t => {
    const { page, complaints } = await visit(t, world)
    complaints.expect(lost)
    await page.goto('/')
    await page.evaluate(() => Object.assign(window, { isOld: true }))
    let isGone = true
    await page.route('**/assets/sign-in-*.js', route =>
      isGone ? route.fulfill({ status: 404 }) : route.continue(),
    )
    await page.route(
      url => url.pathname === '/',
      route => {
        isGone = false
        return route.fulfill({ contentType: 'text/html', body: '<script src="/assets/newer.js"></script>' })
      },
    )
    await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).click()
    await page.waitForFunction(() => !('isOld' in window))
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  })
}

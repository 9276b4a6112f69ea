import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signIn } from '../../../packages/cli/src/demo/page-guide.ts'
import { loginAs } from '../../support/session.ts'
import { enter, newPerson } from '../support/people.ts'
import { visit, type World } from '../support/world.ts'

export function accounts(world: World): void {
  test('whoever asks for a view signs in first, after a wrong password too, comes to that view, and signs out', async t => {
    const { page, complaints } = await visit(t, world)
    const person = await newPerson(world)
    // Chromium reports every answer of this kind on the console.
    complaints.expect(/status of 401/)
    await page.goto('/settings/sessions')
    await page.getByText('Sign in first').waitFor()
    await signIn(page, { ...person, password: 'Wrong-horse-9' })
    await page
      .getByRole('alert')
      .filter({ hasText: /password/ })
      .first()
      .waitFor()
    await signIn(page, person)
    await page.waitForURL('/settings/sessions')
    await page.getByText('this browser').waitFor()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.waitForURL('/')
    await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor()
    await page.goto('/settings')
    await page.getByText('Sign in first').waitFor()
  })

  test('a session that ended elsewhere leads to the sign-in, and back to the view; who deletes his account sees that it is gone', async t => {
    const { page, complaints } = await visit(t, world)
    const person = await newPerson(world)
    await enter(page, person)
    await page.goto('/')
    await page.getByRole('link', { name: 'Settings' }).waitFor()
    complaints.expect(/status of 401/)
    const elsewhere = await loginAs(person.email, world.origin)
    assert.equal((await elsewhere.ask('/account/sessions', '-X', 'DELETE')).status, 204)
    await page.getByRole('link', { name: 'Settings' }).click()
    await signIn(page, person)
    await page.waitForURL('/settings')
    await page.getByText(person.email).first().waitFor()

    await page.goto('/settings/data')
    await page.getByRole('button', { name: /^Delete account/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Current password').fill(person.password)
    await dialog.getByRole('button', { name: 'Delete everything' }).click()
    await page.waitForURL('/')
    const farewell = page.getByText('Your account is deleted.')
    await farewell.waitFor()
    assert.ok(await farewell.evaluate(({ offsetTop }: HTMLElement) => scrollY < offsetTop), 'it is in sight')
  })
}

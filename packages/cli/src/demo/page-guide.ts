import type { Locator, Page } from 'playwright-core'
import type { Credentials } from './gateway-client.ts'

/** Signs up as a person does, from the page's start; resolves when the page asks to look into the mail, or takes files where no
 *  mail is sent. */
export async function signUp(page: Page, credentials: Credentials): Promise<void> {
  await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Sign up' }).click()
  await sendCredentials(page, 'Create account', credentials)
  await page.getByRole('heading', { name: 'Look into your mail' }).or(dropZone(page)).waitFor()
}

/** Opens the link of a mail in a window of its own, as mail programs do, and presses its button. The first window notices by
 *  itself, and shows the view that takes files. */
export async function confirmAddress(page: Page, link: string): Promise<void> {
  const opened = await page.context().newPage()
  await opened.goto(link)
  await opened.getByRole('button').click()
  await opened.getByText('Your e-mail address is confirmed').waitFor()
  await opened.close()
  await page.bringToFront()
  await dropZone(page).waitFor()
}

/** Fills in the view that signs in. */
export async function signIn(page: Page, credentials: Credentials): Promise<void> {
  await sendCredentials(page, 'Sign in', credentials)
}

/** Fills in the form that has this button, and no other: the view before it stays until it is loaded, and has the same fields. */
async function sendCredentials(page: Page, submit: string, { email, password }: Credentials): Promise<void> {
  const button = page.getByRole('button', { name: submit })
  const form = page.locator('form').filter({ has: button })
  await form.getByLabel('E-mail address').fill(email)
  await form.getByLabel('Password', { exact: true }).fill(password)
  await button.click()
}

/** Where files are dropped. */
export function dropZone(page: Page): Locator {
  return page.getByRole('region', { name: 'Choose videos' })
}

/** What the page shows of one file. */
export function fileRow(page: Page, fileName: string): Locator {
  const heading = page.getByRole('heading', { name: fileName, exact: true })
  return page.getByRole('listitem').filter({ has: heading })
}

/** The link with which the audio of a file is downloaded; it is there when the conversion has succeeded. */
export function downloadLink(row: Locator): Locator {
  return row.getByRole('link', { name: /^Download/ })
}

/** The button that is there when a file was refused, or its conversion has failed. */
export function failureButton(row: Locator): Locator {
  return row.getByRole('button', { name: /^(Try again|Dismiss)/ })
}

/** Chooses files in the browser's own dialog. */
export async function chooseFiles(page: Page, paths: readonly string[]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    dropZone(page).getByRole('button', { name: 'Choose files' }).click(),
  ])
  await chooser.setFiles([...paths])
}

import assert from 'node:assert/strict'
import type { BrowserContext, Page } from 'playwright-core'

/** What a page complained of while it was open: errors on its console, exceptions, violations of its security policy. */
export interface Complaints {
  readonly all: readonly string[]
  /** From now on, complaints that match are expected: a wrong password is a failed request on the console, too. */
  expect(...patterns: RegExp[]): void
  /** @throws {AssertionError} that lists what nobody expected */
  assertNone(): void
}

/** Listens to all pages of a context, also those that open later, and its service workers. */
export async function listenForComplaints(context: BrowserContext): Promise<Complaints> {
  const all: string[] = []
  const expected: RegExp[] = []
  const take = (text: string, url: string) => {
    if (!expected.some(pattern => pattern.test(text))) all.push(`${text} (${url})`)
  }
  const watch = (page: Page) => {
    page.on('console', message => {
      if (['error', 'assert'].includes(message.type()))
        take(message.text(), message.location().url || page.url())
    })
    page.on('pageerror', error => take(`${error.stack ?? error}`, page.url()))
    page.on('crash', () => take('the page crashed', page.url()))
  }
  context.on('page', watch)
  context.pages().forEach(watch)
  // Chromium reports most violations on the console, but not those of a policy that only reports.
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
      console.error(`security policy: ${effectiveDirective} forbids ${blockedURI} ${sample}`),
    )
  })
  return {
    all,
    expect: (...patterns) => void expected.push(...patterns),
    assertNone: () => assert.deepEqual(all, [], 'the page complained'),
  }
}

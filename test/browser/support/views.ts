import type { Page } from 'playwright-core'
import type { Furnished } from './furnished-operator.ts'

/** One view of the page, for the walks that look at all of them. */
export interface View {
  /** Name of its pictures. */
  name: string
  path: string
  /** Whom it is for. */
  of: 'anybody' | 'user' | 'admin'
}

const view = (of: View['of'], path: string, name = path.slice(1).replaceAll('/', '-')): View => ({
  name,
  path,
  of,
})

/** Every view of the page, with what an operator has. */
export function viewsOf({ webhookId }: Furnished): View[] {
  return [...views, view('user', `/settings/webhooks/${webhookId}`, 'settings-webhook')]
}

const views: readonly View[] = [
  view('anybody', '/', 'start'),
  view('anybody', '/sign-in'),
  view('anybody', '/sign-up'),
  view('anybody', '/forgot-password'),
  view('anybody', '/plain'),
  view('user', '/', 'home'),
  view('user', '/history'),
  view('user', '/settings'),
  view('user', '/settings/sessions'),
  view('user', '/settings/api-keys'),
  view('user', '/settings/webhooks'),
  view('user', '/settings/data'),
  view('admin', '/admin'),
  view('admin', '/admin/queues'),
  view('admin', '/admin/dead-letters'),
  view('admin', '/admin/storage'),
  view('admin', '/admin/failures'),
  view('admin', '/admin/people'),
  view('admin', '/admin/log'),
]

/** Opens a view and waits until it shows what it has: its heading, its typeface, and nothing that is still loading. */
export async function openView(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await settle(page)
}

/** Waits until nothing on the page is still loading or moving. */
export async function settle(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForFunction(async () => {
    await document.fonts.ready
    const isMoving = document.getAnimations().some(({ playState }) => playState === 'running')
    return !isMoving && document.querySelector('[aria-busy="true"]') === null
  })
}

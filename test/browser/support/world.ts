import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { chromiumOptions, limitWaits } from '../../../packages/cli/src/browser/chromium.ts'
import {
  type CleanUpOwner,
  makeVideo,
  onEnd,
  temporaryFolder,
} from '../../../packages/local-servers/src/testing/index.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'
import { type CuttingProxy, startCuttingProxy } from './cutting-proxy.ts'
import { type Complaints, listenForComplaints } from './watched-page.ts'

/** What all journeys share: one system, one browser. Each journey has users and a browser context of its own. */
export interface World {
  system: TestSystem
  /** The page's origin. Requests to it pass the proxy. */
  origin: string
  proxy: CuttingProxy
  browser: Browser
  /** Folder for the files of the journeys. */
  folder: string
  /** A short video. */
  song: string
}

/** Starts it at the head of a test file, for all journeys in it; it ends with the last of them. */
export async function startWorld(owner: CleanUpOwner): Promise<World> {
  const proxy = await startCuttingProxy(owner)
  const folder = await temporaryFolder(owner)
  const [system, browser, song] = await Promise.all([
    startTestSystem(owner, 'disk', 'on', { PUBLIC_URL: proxy.url, GUESTS: 'on' }),
    chromium.launch(chromiumOptions(process.env)),
    makeVideo(join(folder, 'song.mp4'), 2),
  ])
  onEnd(owner, () => browser.close(), 20_000)
  proxy.target.port = Number(new URL(system.gatewayUrl).port)
  return { system, origin: proxy.url, proxy, browser, folder, song }
}

/** A browser of its own, as far as a page can tell: cookies, storage and cache are empty. */
export interface Visit {
  page: Page
  context: BrowserContext
  complaints: Complaints
}

const desktop = { width: 1280, height: 800 }

/** Opens a page that fails the test if it complains of anything. */
export async function visit(
  t: TestContext,
  world: World,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = limitWaits(
    await world.browser.newContext({ baseURL: world.origin, locale: 'en-GB', viewport: desktop, ...options }),
  )
  const complaints = await listenForComplaints(context)
  onEnd(
    t,
    async () => {
      await context.close()
      complaints.assertNone()
    },
    20_000,
  )
  return { page: await context.newPage(), context, complaints }
}

/** A folder for a browser that is closed and opened again. */
export function browserFolder({ folder }: World): Promise<string> {
  return mkdtemp(join(folder, 'browser-'))
}

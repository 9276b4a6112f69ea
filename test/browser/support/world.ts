import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
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
  makeLongVideo,
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
  /** A video of 14 MB, which is converted within a moment. */
  big: string
  /** A small video that takes seconds to convert. */
  long: string
  /** No video at all, whatever its name says. */
  broken: string
  /** A video that breaks off in the middle. */
  damaged: string
}

/** Starts it at the head of a test file, for all journeys in it; it ends with the last of them. */
export async function startWorld(owner: CleanUpOwner): Promise<World> {
  const proxy = await startCuttingProxy(owner)
  const folder = await temporaryFolder(owner)
  const [system, browser, media] = await Promise.all([
    startTestSystem(owner, 'disk', 'on', { PUBLIC_URL: proxy.url, GUESTS: 'on' }),
    chromium.launch(chromiumOptions(process.env)),
    makeMedia(folder),
  ])
  onEnd(owner, () => browser.close(), 20_000)
  proxy.target.port = Number(new URL(system.gatewayUrl).port)
  return { system, origin: proxy.url, proxy, browser, folder, ...media }
}

type Media = Pick<World, 'song' | 'big' | 'long' | 'broken' | 'damaged'>

async function makeMedia(folder: string): Promise<Media> {
  const [broken, damaged] = [join(folder, 'broken.mp4'), join(folder, 'damaged.mkv')]
  const song = await makeVideo(join(folder, 'song.mp4'), 2)
  const big = await makeVideo(join(folder, 'big.avi'), 2, '-s', '640x480', '-r', '15', '-c:v', 'rawvideo')
  const long = await makeLongVideo(join(folder, 'long.mkv'), 10)
  await writeFile(broken, 'just text')
  const whole = await readFile(await makeVideo(join(folder, 'whole.mkv'), 6))
  await writeFile(damaged, whole.subarray(0, whole.length / 2))
  return { song, big, long, broken, damaged }
}

/** A browser of its own, as far as a page can tell: cookies, storage and cache are empty. */
export interface Visit {
  page: Page
  context: BrowserContext
  complaints: Complaints
}

/** Opens a page that fails the test if it complains of anything. */
export async function visit(
  t: TestContext,
  world: World,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await world.browser.newContext({ ...usual(world), ...options })
  return await watch(t, context)
}

/** Like `visit`, with a browser of its own, whose profile is kept: opened with the same folder again, it is the same browser
 *  after a restart.
 *  @param folder - of the profile */
export async function openBrowser(t: TestContext, world: World, folder: string): Promise<Visit> {
  const options = { ...chromiumOptions(process.env), ...usual(world) }
  return await watch(t, await chromium.launchPersistentContext(folder, options))
}

async function watch(t: TestContext, context: BrowserContext): Promise<Visit> {
  limitWaits(context)
  const complaints = await listenForComplaints(context)
  onEnd(
    t,
    async () => {
      await context.close()
      complaints.assertNone()
    },
    20_000,
  )
  return { page: context.pages()[0] ?? (await context.newPage()), context, complaints }
}

function usual({ origin }: World): BrowserContextOptions {
  return { baseURL: origin, locale: 'en-GB', viewport: { width: 1280, height: 800 } }
}

/** A new folder for the profile of a browser. */
export function profileFolder({ folder }: World): Promise<string> {
  return mkdtemp(join(folder, 'browser-'))
}

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** Folder for pictures of the views; `./jackalope test --screenshots test/browser` sets it. */
const folder = process.env.SCREENSHOTS_DIR

/** Highest picture, in CSS pixels: a longer view is cut off below. */
const highestPx = 1800

/** Takes a picture of a view as it is now, from its top, if pictures are wanted. WebP, which Playwright itself does not write. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (!folder) return
  const size = page.viewportSize() ?? { width: 1280, height: 800 }
  const wholeHeight = await page.evaluate(() => document.documentElement.scrollHeight)
  const height = Math.min(Math.max(size.height, wholeHeight), highestPx)
  const debug = await page.context().newCDPSession(page)
  const { data } = await debug.send('Page.captureScreenshot', {
    format: 'webp',
    quality: 70,
    captureBeyondViewport: true,
    clip: { x: 0, y: 0, width: size.width, height, scale: 1 },
  })
  await debug.detach()
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${name}.webp`), Buffer.from(data, 'base64'))
}

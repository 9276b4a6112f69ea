import type { Locator } from 'playwright-core'

/** Drops files or folders on an element, as a person does from the desktop: the browser itself makes the events.
 *  @param paths - absolute */
export async function dropFiles(target: Locator, paths: readonly string[]): Promise<void> {
  const page = target.page()
  await target.scrollIntoViewIfNeeded()
  const box = await target.boundingBox()
  if (!box) throw new Error('there is nothing to drop files on')
  const debug = await page.context().newCDPSession(page)
  const place = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  // 1 is "copy".
  const data = { items: [], files: [...paths], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await debug.send('Input.dispatchDragEvent', { type, ...place, data })
  await debug.detach()
}

import assert from 'node:assert/strict'
import type { Locator } from 'playwright-core'

/** Most elements that somebody passes on the way to one. */
const mostSteps = 40

/** Presses Tab until an element has the focus, as somebody without a mouse does; checks that the focus can be seen.
 *  @throws {AssertionError} when it cannot be reached, or not be seen there */
export async function tabTo(target: Locator): Promise<void> {
  const page = target.page()
  const passed: string[] = []
  for (let step = 0; step < mostSteps; step += 1) {
    await page.keyboard.press('Tab')
    if (await target.evaluate(element => element === document.activeElement)) {
      const isSeen = await target.evaluate(element => {
        const marked = element.closest('label') ?? element
        return [element, marked].some(one => {
          const { outlineStyle, boxShadow } = getComputedStyle(one)
          return outlineStyle !== 'none' || boxShadow !== 'none'
        })
      })
      assert.ok(isSeen, `the focus is not seen on ${target}`)
      return
    }
    passed.push(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 80) ?? ''))
  }
  assert.fail(`${target} is not reached by Tab, but: ${passed.join('\n')}`)
}

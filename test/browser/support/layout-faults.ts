import type { Page } from 'playwright-core'

/** What a person would see as a fault of layout: what overflows the window or its own box, and what lies upon something else.
 *  @returns one sentence for each fault */
export async function layoutFaults(page: Page): Promise<string[]> {
  return await page.evaluate(findFaults)
}

/** Runs in the page. */
function findFaults(): string[] {
  const faults: string[] = []
  const slackPx = 1.5
  const { clientWidth: width } = document.documentElement
  if (document.documentElement.scrollWidth > width + slackPx)
    faults.push(`the page is ${document.documentElement.scrollWidth} px wide, the window ${width} px`)

  interface Box {
    element: Element
    rect: DOMRect
    name: string
  }

  const nameOf = (element: Element, text = element.textContent ?? '') => {
    const words = text.trim().replace(/\s+/g, ' ').slice(0, 40)
    return `<${element.tagName.toLowerCase()}>${words && ` "${words}"`}`
  }
  const isShown = (element: Element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })

  // A modal dialog makes all else inert, and lies upon it on purpose.
  const dialogs = [...document.querySelectorAll('dialog:modal')]
  const root = dialogs.at(-1) ?? document.body

  /** The part of a rectangle that its ancestors do not clip; `undefined` when nothing is left. */
  const shownPart = (element: Element, rect: DOMRect): DOMRect | undefined => {
    let [left, top, right, bottom] = [rect.left, rect.top, rect.right, rect.bottom]
    for (
      let box: Element | null = element;
      box && box !== document.documentElement;
      box = box.parentElement
    ) {
      const style = getComputedStyle(box)
      // Text for screen readers alone.
      if (style.clipPath.startsWith('inset(50%') || style.clip === 'rect(0px, 0px, 0px, 0px)')
        return undefined
      if (box === document.body) continue
      const clip = box.getBoundingClientRect()
      if (style.overflowX !== 'visible')
        [left, right] = [Math.max(left, clip.left), Math.min(right, clip.right)]
      if (style.overflowY !== 'visible')
        [top, bottom] = [Math.max(top, clip.top), Math.min(bottom, clip.bottom)]
    }
    return right - left > slackPx && bottom - top > slackPx
      ? new DOMRect(left, top, right - left, bottom - top)
      : undefined
  }

  const boxes: Box[] = []
  const add = (element: Element, rect: DOMRect, name: string) => {
    const part = shownPart(element, rect)
    if (part) boxes.push({ element, rect: part, name })
  }
  const solid = 'button, input, select, textarea, img, svg, video, audio, progress, meter, canvas, a, summary'
  for (const element of root.querySelectorAll(solid))
    if (isShown(element) && !element.parentElement?.closest('svg'))
      for (const rect of element.getClientRects()) add(element, rect, nameOf(element))
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const element = text.parentElement
    if (!element || !text.nodeValue?.trim() || !isShown(element)) continue
    if (element.closest('svg, option, script, style, noscript')) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    for (const rect of range.getClientRects()) add(element, rect, nameOf(element, text.nodeValue))
  }

  for (const { rect, name } of boxes)
    if (rect.left < -slackPx || rect.right > width + slackPx)
      faults.push(
        `${name} sticks out of the window: from ${Math.round(rect.left)} to ${Math.round(rect.right)} px`,
      )

  for (const element of root.querySelectorAll('*')) {
    if (!isShown(element) || element.closest('svg') || element.matches('br, wbr, option')) continue
    const { overflowX, display } = getComputedStyle(element)
    if (overflowX !== 'visible' || display === 'inline' || display === 'contents') continue
    if (
      element.clientWidth > 1 &&
      element.scrollWidth > element.clientWidth + 2 &&
      shownPart(element, element.getBoundingClientRect())
    )
      faults.push(
        `the content of ${nameOf(element)} is wider than its box: ${element.scrollWidth} of ${element.clientWidth} px`,
      )
  }

  const [main, foot] = [[...document.querySelectorAll('main')].at(-1), document.querySelector('footer')]
  if (main && foot && !(main.compareDocumentPosition(foot) & Node.DOCUMENT_POSITION_FOLLOWING))
    faults.push('the foot of the page stands before its content')

  /** The box of its own layer, if it is in one: a bar that stays while the rest scrolls, a menu. */
  const layerOf = (element: Element) => {
    for (let box: Element | null = element; box; box = box.parentElement)
      if (['fixed', 'sticky'].includes(getComputedStyle(box).position) || box.matches(':popover-open'))
        return box
    return undefined
  }
  const layers = new Map(boxes.map(({ element }) => [element, layerOf(element)]))
  boxes.sort((one, other) => one.rect.top - other.rect.top)
  boxes.forEach((one, index) => {
    for (let next = index + 1; next < boxes.length; next += 1) {
      const other = boxes[next]
      if (!other || other.rect.top >= one.rect.bottom) break
      if (
        one.element === other.element ||
        one.element.contains(other.element) ||
        other.element.contains(one.element)
      )
        continue
      if (layers.get(one.element) !== layers.get(other.element)) continue
      const across = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left)
      const down = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top)
      // Lines of text may touch: their boxes are higher than their letters.
      if (across > 2 && down > 4)
        faults.push(`${one.name} and ${other.name} overlap by ${Math.round(across)} x ${Math.round(down)} px`)
    }
  })
  return [...new Set(faults)]
}

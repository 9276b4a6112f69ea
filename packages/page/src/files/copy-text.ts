/** Writes a text to the clipboard that is still being fetched: Safari forgets the click while it waits.
 *  @returns whether that was possible
 *  @throws what the text could not be fetched for */
export async function copyText(text: Promise<string>): Promise<boolean> {
  try {
    if (!navigator.clipboard) return false
    if (typeof ClipboardItem === 'undefined') await navigator.clipboard.writeText(await text)
    else {
      const blob = text.then(value => new Blob([value], { type: 'text/plain' }))
      await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })])
    }
    return true
  } catch {
    await text
    return false
  }
}

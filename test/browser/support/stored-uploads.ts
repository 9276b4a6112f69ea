import type { Page } from 'playwright-core'

/** Waits until the page has kept a copy of each file that it sends, for after a reload. It tells nobody of it. */
export async function untilCopied(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    const opened = indexedDB.open('jackalope-uploads')
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      opened.onsuccess = () => resolve(opened.result)
      opened.onerror = () => reject(opened.error)
    })
    const all = database.transaction('records').objectStore('records').getAll()
    const records = await new Promise<{ copy?: Blob }[]>((resolve, reject) => {
      all.onsuccess = () => resolve(all.result)
      all.onerror = () => reject(all.error)
    })
    database.close()
    return records.length > 0 && records.every(({ copy }) => copy !== undefined)
  })
}

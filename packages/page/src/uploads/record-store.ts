import { createStore, del, entries, get, set, update } from 'idb-keyval'
import type { UploadRecord } from './upload-record.ts'

/** Largest file of which a copy is kept, in bytes: a larger one would take its time, and the disk's room. */
const maxCopyBytes = 300 * 1024 ** 2

const open = () => createStore('jackalope-uploads', 'records')
let store: ReturnType<typeof createStore> | undefined
const records = () => {
  store ??= open()
  return store
}

/** Uploads that have not ended, of all users of this browser. Where nothing may be kept, there are none. */
export async function readRecords(): Promise<UploadRecord[]> {
  return await entries<string, UploadRecord>(records()).then(
    found => found.map(([, record]) => record),
    () => [],
  )
}

export async function readRecord(id: string): Promise<UploadRecord | undefined> {
  return await get<UploadRecord>(id, records()).catch(() => undefined)
}

/** Keeps an upload; one that cannot be kept goes on until the page is left. */
export async function writeRecord(record: UploadRecord): Promise<void> {
  await set(record.id, record, records()).catch(() => {})
}

export async function removeRecord(id: string): Promise<void> {
  await del(id, records()).catch(() => {})
}

/** Keeps a copy of a file, where there is room for it. */
export async function keepCopy(record: UploadRecord, file: File): Promise<void> {
  if (record.handle || file.size > maxCopyBytes) return
  const { quota = 0, usage = 0 } = (await navigator.storage?.estimate().catch(() => undefined)) ?? {}
  if (quota - usage < 2 * file.size) return
  await changeRecord(record.id, { copy: file })
}

/** Changes what is kept of an upload, unless it has ended. */
export async function changeRecord(id: string, change: Partial<UploadRecord>): Promise<void> {
  if (!(await readRecord(id))) return
  await update<UploadRecord>(id, kept => ({ ...(kept as UploadRecord), ...change }), records()).catch(
    () => {},
  )
}

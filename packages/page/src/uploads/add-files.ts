import { signal } from '@preact/signals'
import { service } from '../api/service.ts'
import { user } from '../api/session.ts'
import { keepCopy, readRecords, writeRecord } from './record-store.ts'
import { runUpload } from './run-upload.ts'
import { isFileOf, type UploadRecord } from './upload-record.ts'
import { changeUpload, dropUpload, putUpload, uploads } from './uploads.ts'

/** A file that the reader has chosen. */
export interface ChosenFile {
  file: File
  handle?: FileSystemFileHandle
}

/** Files that were chosen before it was known who sends them, with what they are to become. */
export const waitingFiles = signal<{ chosen: ChosenFile; options: Readonly<Record<string, string>> }[]>([])

/** Largest file that the user may send, in bytes; `undefined` while it is not known. */
export function maxFileBytes(): number | undefined {
  const { value: found } = user
  if (found?.guest) return service.value?.guests?.maxUploadBytes
  return found && !found.verified ? service.value?.unverified?.maxUploadBytes : service.value?.maxUploadBytes
}

/** Why a file is not sent at all. */
export type Unsendable = { reason: 'too-large'; maxBytes: number } | { reason: 'empty' }

export function findFault(
  { size }: Pick<File, 'size'>,
  maxBytes: number | undefined,
): Unsendable | undefined {
  if (size === 0) return { reason: 'empty' }
  return maxBytes !== undefined && size > maxBytes ? { reason: 'too-large', maxBytes } : undefined
}

/** Takes files that were chosen, dropped, pasted or shared. A file of an upload that was broken off goes on with it. */
export function addFiles(files: readonly ChosenFile[], options: Readonly<Record<string, string>>): void {
  const { value: found } = user
  if (!found) {
    waitingFiles.value = [...waitingFiles.value, ...files.map(chosen => ({ chosen, options }))]
    return
  }
  for (const chosen of files) if (!resumeWith(chosen)) addFile(chosen, options, found.id)
}

/** Sends the files that were chosen before somebody had signed in. */
export function addWaitingFiles(): void {
  const waiting = waitingFiles.value
  waitingFiles.value = []
  for (const { chosen, options } of waiting) addFiles([chosen], options)
}

function addFile(
  { file, handle }: ChosenFile,
  options: Readonly<Record<string, string>>,
  userId: string,
): void {
  const record: UploadRecord = {
    id: crypto.randomUUID(),
    userId,
    fileName: file.name,
    sizeBytes: file.size,
    type: file.type,
    lastModified: file.lastModified,
    options,
    addedAt: Date.now(),
    handle,
  }
  const fault = findFault(file, maxFileBytes())
  putUpload({ record, status: fault ? 'refused' : 'queued', error: fault, sentBytes: 0, bytesPerSecond: 0 })
  if (fault) return
  void writeRecord(record).then(() => {
    void keepCopy(record, file)
    return runUpload(record, file)
  })
}

/** Goes on with an upload that waits for this very file. */
function resumeWith({ file }: ChosenFile): boolean {
  for (const { record, status } of uploads.value.values()) {
    const isWaiting = status === 'file-needed' || status === 'permission-needed'
    if (!isWaiting || !isFileOf(record, file)) continue
    changeUpload(record.id, { status: 'queued' })
    void runUpload(record, file)
    return true
  }
  return false
}

/** Tries an upload again that waits for the reader's leave, or was refused. */
export async function resumeUpload(id: string): Promise<void> {
  const { record } = uploads.value.get(id) ?? {}
  if (!record) return
  const handle = record.handle as
    | (FileSystemFileHandle & { requestPermission?(options: object): Promise<string> })
    | undefined
  const state = await handle?.requestPermission?.({ mode: 'read' }).catch(() => 'denied')
  const file = state === 'granted' ? await handle?.getFile().catch(() => undefined) : undefined
  if (!file) return changeUpload(id, { status: 'file-needed' })
  changeUpload(id, { status: 'queued' })
  await runUpload(record, file)
}

/** Goes on with the uploads of a user that a reload, or a restart of the browser, has broken off. */
export async function restoreUploads(userId: string): Promise<void> {
  const records = (await readRecords()).filter(record => record.userId === userId)
  for (const record of records.toSorted((one, other) => one.addedAt - other.addedAt)) {
    if (uploads.value.has(record.id)) continue
    putUpload({ record, status: 'queued', sentBytes: 0, bytesPerSecond: 0 })
    void runUpload(record, undefined)
  }
}

/** Forgets what is shown of another user's uploads; the browser keeps them for when that one comes back. */
export function forgetUploads(userId: string | undefined): void {
  for (const [id, { record, status }] of uploads.value)
    if (record.userId !== userId && status !== 'signed-out') dropUpload(id)
}

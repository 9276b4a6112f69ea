import { ApiError, errorOf } from '@jackalope/api-client/api-error'
import { user } from '../api/session.ts'
import { loadJob } from '../jobs/jobs.ts'
import { createUpload } from './create-upload.ts'
import { changeRecord, readRecord, removeRecord } from './record-store.ts'
import { createSpeedMeter } from './speed-meter.ts'
import { jobIdOfUpload, type UploadRecord } from './upload-record.ts'
import { changeUpload, dropUpload, putUpload, uploadOfJob, uploads } from './uploads.ts'
import type { Engine } from './uppy-engine.ts'

/** Wait after the engine has given up on a lost connection, in milliseconds. */
const pauseMs = 10_000

/** Wait before the job of a sent file is asked for again, in milliseconds. */
const retryMs = 2_000

/** How often progress is shown, in milliseconds. */
const shownEveryMs = 250

type Outcome = { isDone: true } | { status: number; body: unknown }

/** Uploads of this tab that are in the engine. */
const sent = new Map<string, { onProgress(bytes: number): void; settle(outcome: Outcome): void }>()
const canceled = new Map<string, AbortController>()

let engine: Promise<Engine> | undefined

/** The part that sends files is loaded with the first of them. */
function loadEngine(): Promise<Engine> {
  engine ??= import('./uppy-engine.ts').then(
    ({ createEngine }) =>
      createEngine({
        onProgress: (id, bytes) => sent.get(id)?.onProgress(bytes),
        onDone: id => sent.get(id)?.settle({ isDone: true }),
        onFailed: (id, failure) => sent.get(id)?.settle(failure),
      }),
    error => {
      engine = undefined
      throw error
    },
  )
  return engine
}

/** Sends a file until the service has all of it, over lost connections. One tab sends an upload: another one waits, and goes on
 *  if that is closed.
 *  @param file - `undefined` if this tab has not got it: it waits for the end of the upload elsewhere, or for the file */
export async function runUpload(record: UploadRecord, file: Blob | undefined): Promise<void> {
  const { id } = record
  const cancel = new AbortController()
  canceled.get(id)?.abort()
  canceled.set(id, cancel)
  const run = async () => {
    // Another tab may have ended it.
    const kept = (await readRecord(id)) ?? (file ? record : undefined)
    if (!kept) return dropUpload(id)
    const bytes = file ?? kept.copy ?? (await readHandle(kept))
    if (bytes) await sendAll({ ...kept, copy: undefined }, bytes, cancel.signal)
    else changeUpload(id, { record: kept, status: kept.handle ? 'permission-needed' : 'file-needed' })
  }
  try {
    if (!('locks' in navigator)) return await run()
    const name = `jackalope-upload-${id}`
    const isMine = await navigator.locks.request(name, { ifAvailable: true }, async lock => {
      if (lock) await run()
      return lock !== null
    })
    if (isMine) return
    changeUpload(id, { status: 'elsewhere' })
    await navigator.locks.request(name, { signal: cancel.signal }, run)
  } catch (error) {
    if (!cancel.signal.aborted) changeUpload(id, { status: 'refused', error })
  }
}

/** Gives an upload up, here and at the service. */
export async function cancelUpload(id: string): Promise<void> {
  canceled.get(id)?.abort()
  const { record } = uploads.value.get(id) ?? {}
  dropUpload(id)
  await removeRecord(id)
  if (sent.has(id)) (await loadEngine()).discard(id)
  else if (record?.path)
    await fetch(record.path, { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0' } }).catch(() => {})
}

async function sendAll(record: UploadRecord, file: Blob, signal: AbortSignal): Promise<void> {
  const { id } = record
  let current = record
  putUpload({ record: current, status: 'queued', sentBytes: 0, bytesPerSecond: 0 })
  for (;;) {
    signal.throwIfAborted()
    try {
      const uploader = await loadEngine()
      if (!current.path) {
        current = { ...current, path: await createUpload(current, signal) }
        await changeRecord(id, { path: current.path })
        changeUpload(id, { record: current })
        rememberJob(current)
      }
      const outcome = await send(uploader, current, file, signal)
      if ('isDone' in outcome) break
      throw errorOf(new Response(null, { status: outcome.status || 599 }), outcome.body)
    } catch (error) {
      signal.throwIfAborted()
      current = await judge(error, current, signal)
    }
  }
  await removeRecord(id)
  const jobId = jobIdOfUpload(current)
  // The row stays until its job can be shown in its place.
  while (jobId && !(await loadJob(jobId))) {
    // Whoever signs in again finds the job in the list.
    if (user.value === null) break
    changeUpload(id, { status: 'stalled', bytesPerSecond: 0 })
    await pause(retryMs, signal)
  }
  dropUpload(id)
}

/** What follows a failure: a wait, a new beginning, or the end.
 *  @returns the record to go on with
 *  @throws what cannot be cured by going on */
async function judge(error: unknown, record: UploadRecord, signal: AbortSignal): Promise<UploadRecord> {
  if (!(error instanceof ApiError)) throw error
  const { status, code, retryAfterMs } = error
  if (status === 401) {
    changeUpload(record.id, { status: 'signed-out', bytesPerSecond: 0 })
    user.value = null
    await untilSignedIn(record.userId, signal)
    return record
  }
  // What was begun over a day ago is gone: begin anew.
  if (record.path && (status === 404 || status === 410)) return { ...record, path: undefined }
  const isPassing = status === 0 || status >= 500 || code === 'too-many-uploads' || code === 'rate-limited'
  if (!isPassing || status === 507) {
    await removeRecord(record.id)
    throw error
  }
  changeUpload(record.id, { status: 'stalled', bytesPerSecond: 0 })
  await pause(retryAfterMs ?? pauseMs, signal)
  return record
}

async function send(engine: Engine, record: UploadRecord, file: Blob, signal: AbortSignal): Promise<Outcome> {
  const { id, path = '' } = record
  const meter = createSpeedMeter()
  let shownAt = 0
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
  const give = () => reject(signal.reason)
  signal.addEventListener('abort', give, { once: true })
  sent.set(id, {
    onProgress(sentBytes) {
      const bytesPerSecond = meter.note(sentBytes)
      const isOver = sentBytes >= record.sizeBytes
      if (performance.now() - shownAt < shownEveryMs && !isOver) return
      shownAt = performance.now()
      changeUpload(id, { status: 'uploading', sentBytes, bytesPerSecond })
    },
    settle: resolve,
  })
  try {
    engine.send({ id, file, path })
    return await promise
  } finally {
    signal.removeEventListener('abort', give)
    if (!signal.aborted) sent.delete(id)
    else setTimeout(() => sent.delete(id))
  }
}

function rememberJob(record: UploadRecord): void {
  const jobId = jobIdOfUpload(record)
  if (jobId) uploadOfJob.set(jobId, record.id)
}

/** A file that the reader let the page read before; the browser may want to ask again. */
async function readHandle({ handle }: UploadRecord): Promise<File | undefined> {
  if (!handle) return undefined
  const state = await (handle as PermissionHandle).queryPermission?.({ mode: 'read' }).catch(() => 'denied')
  return state === 'granted' ? await handle.getFile().catch(() => undefined) : undefined
}

type PermissionHandle = FileSystemFileHandle & {
  queryPermission?(options: { mode: 'read' }): Promise<string>
}

/** Waits, at most until the connection is back. */
function pause(waitMs: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, waitMs)
  const give = () => reject(signal.reason)
  const wake = () => resolve()
  signal.addEventListener('abort', give)
  addEventListener('online', wake)
  return promise.finally(() => {
    clearTimeout(timer)
    signal.removeEventListener('abort', give)
    removeEventListener('online', wake)
  })
}

function untilSignedIn(userId: string, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const give = () => reject(signal.reason)
  signal.addEventListener('abort', give)
  const stop = user.subscribe(found => {
    if (found?.id === userId) resolve()
  })
  return promise.finally(() => {
    stop()
    signal.removeEventListener('abort', give)
  })
}

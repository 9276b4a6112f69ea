import { computed, signal } from '@preact/signals'
import type { Upload } from './upload-record.ts'

/** Uploads that have not ended, oldest first. */
export const uploads = signal<ReadonlyMap<string, Upload>>(new Map())

/** Uploads that use the connection, or will without anybody's help. */
export const runningUploads = computed(() =>
  [...uploads.value.values()].filter(
    ({ status }) => status === 'queued' || status === 'uploading' || status === 'stalled',
  ),
)

export function putUpload(upload: Upload): void {
  uploads.value = new Map(uploads.value).set(upload.record.id, upload)
}

/** Changes what is known of an upload, if it is still there. */
export function changeUpload(id: string, change: Partial<Upload>): void {
  const known = uploads.value.get(id)
  if (known) putUpload({ ...known, ...change })
}

export function dropUpload(id: string): void {
  const next = new Map(uploads.value)
  next.delete(id)
  uploads.value = next
}

/** Which upload a job came out of, as long as the page is not left: its row stays the same. */
export const uploadOfJob = new Map<string, string>()

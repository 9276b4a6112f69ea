/** An upload that has not ended, as the browser keeps it: over a reload, and over a restart. */
export interface UploadRecord {
  id: string
  /** Whose upload it is. */
  userId: string
  fileName: string
  sizeBytes: number
  type: string
  /** Of the file, in milliseconds. */
  lastModified: number
  /** What the audio is to be, as texts. */
  options: Readonly<Record<string, string>>
  /** In milliseconds. */
  addedAt: number
  /** Address of the upload at the service, such as `/uploads/665f1f77bcf86cd799439011`, when it has begun. */
  path?: string
  /** A way to the file on the reader's disk; the browser may ask before it is used again. */
  handle?: FileSystemFileHandle
  /** A copy of the file. */
  copy?: Blob
}

/** How it is with an upload, for its row. */
export type UploadStatus =
  | 'queued'
  | 'uploading'
  /** The connection is lost: it goes on by itself. */
  | 'stalled'
  /** Another tab sends it. */
  | 'elsewhere'
  /** The browser has forgotten the file: it must be chosen again. */
  | 'file-needed'
  /** The browser asks before it reads the file again. */
  | 'permission-needed'
  /** Nobody is signed in any more. */
  | 'signed-out'
  | 'refused'

export interface Upload {
  record: UploadRecord
  status: UploadStatus
  sentBytes: number
  /** In bytes per second; 0 while it is not known. */
  bytesPerSecond: number
  /** Why it was refused. */
  error?: unknown
}

/** Whether a file is the one of an upload that was broken off: name, size and time are what a browser tells of it. */
export function isFileOf(record: UploadRecord, file: Pick<File, 'name' | 'size' | 'lastModified'>): boolean {
  return (
    record.fileName === file.name &&
    record.sizeBytes === file.size &&
    record.lastModified === file.lastModified
  )
}

/** Id of the job that will convert an upload. */
export function jobIdOfUpload({ path }: UploadRecord): string | undefined {
  const id = path && /^\/uploads\/([0-9a-f]{24})$/.exec(path)?.[1]
  return id ? `v-${id}` : undefined
}

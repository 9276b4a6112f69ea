import Uppy from '@uppy/core'
import Tus from '@uppy/tus'

/** Waits before a broken connection is tried again, in milliseconds. Afterwards the caller decides. */
const retryDelays = [0, 1_000, 3_000, 5_000, 10_000]

/** Most uploads at once. */
const limit = 3

export interface EngineListener {
  /** @param sentBytes - stored by the service, and on the way */
  onProgress(id: string, sentBytes: number): void
  onDone(id: string): void
  /** @param failure.status - of the answer; 0 when there was none */
  onFailed(id: string, failure: { status: number; body: unknown }): void
}

export interface Engine {
  /** Sends a file, from where the service has it. */
  send(upload: { id: string; file: Blob; path: string }): void
  /** Stops an upload, and has the service forget it. */
  discard(id: string): void
}

/** Sends files by Uppy: some at a time, again after a lost connection, and with pauses where the service asks for them. */
export function createEngine(listener: EngineListener): Engine {
  const uppy = new Uppy({
    // Names do not matter here: each upload is one by itself.
    onBeforeFileAdded: file => ({ ...file, id: String(file.meta.uploadId) }),
  })
  uppy.use(Tus, { endpoint: '/uploads', limit, retryDelays, storeFingerprintForResuming: false })
  uppy.on('upload-progress', (file, { bytesUploaded }) => {
    if (file && typeof bytesUploaded === 'number') listener.onProgress(file.id, bytesUploaded)
  })
  uppy.on('upload-success', file => {
    if (!file) return
    // Later: until this event is over, its removal would have the service delete the upload.
    queueMicrotask(() => uppy.removeFile(file.id))
    listener.onDone(file.id)
  })
  uppy.on('upload-error', (file, _error, response) => {
    if (!file) return
    const xhr = (response?.body as { xhr?: XMLHttpRequest } | undefined)?.xhr
    uppy.removeFile(file.id)
    listener.onFailed(file.id, { status: response?.status ?? 0, body: parse(xhr?.responseText) })
  })
  return {
    send({ id, file, path }) {
      if (uppy.getFile(id)) uppy.removeFile(id)
      uppy.addFile({ name: id, type: file.type, data: file, meta: { uploadId: id } })
      uppy.setFileState(id, { tus: { uploadUrl: path } } as object)
      // Failures come as events.
      void uppy.upload().catch(() => {})
    },
    discard(id) {
      if (uppy.getFile(id)) uppy.removeFile(id)
    },
  }
}

function parse(text: string | undefined): unknown {
  try {
    return text ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}

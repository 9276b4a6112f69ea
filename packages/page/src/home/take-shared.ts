import { sharedFilesCache, takeSharedFiles } from '../service-worker/shared-files.ts'
import { takeFiles } from './take-files.ts'

/** Takes files that were shared with the page from another program of a phone. */
export async function takeShared(): Promise<void> {
  if (!new URLSearchParams(location.search).has('shared') || !('caches' in globalThis)) return
  // A reload must not look for them again.
  history.replaceState(null, '', '/')
  // Two windows do not take the same files.
  await navigator.locks.request(sharedFilesCache, async () => {
    const files = await takeSharedFiles(caches)
    if (files.length > 0) await takeFiles(files.map(file => ({ file })))
  })
}

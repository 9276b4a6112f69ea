import { effect, untracked } from '@preact/signals'
import { user } from '../api/session.ts'
import { followJobs } from '../jobs/follow-jobs.ts'
import { forgetJobs, watchChanges } from '../jobs/jobs.ts'
import { addWaitingFiles, forgetUploads, restoreUploads } from '../uploads/add-files.ts'
import { tellOfEnd } from './tell-of-end.ts'

/** Follows who is signed in: their jobs are watched, their uploads go on, and nothing of somebody else's is shown. */
export function followUser(): void {
  let followed: string | undefined
  let stop: (() => void) | undefined
  effect(() => {
    const id = user.value?.id
    if (id === followed) return
    followed = id
    untracked(() => {
      stop?.()
      stop = undefined
      forgetJobs()
      forgetUploads(id)
      if (id === undefined) return
      stop = followJobs(id)
      addWaitingFiles()
      void restoreUploads(id)
    })
  })
  watchChanges(tellOfEnd)
}

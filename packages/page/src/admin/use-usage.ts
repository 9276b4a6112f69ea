import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Answer } from '../api/answer.ts'
import { api, dataOf } from '../api/client.ts'
import { noteSignedOut } from '../api/note-signed-out.ts'

type UserUsage = Answer<'listUsage'>['users'][number]

/** What users store, as far as it has been fetched. */
export interface UsageByUser {
  byUser: ReadonlyMap<string, UserUsage>
  /** What one may store, in bytes; `null` is no limit. */
  maxStoredBytes: number | null
}

/** Fetches what the users of a list store, once for each page that is added to it. Without it the list is shown all the same. */
export function useUsage(users: readonly { id: string }[] | undefined): UsageByUser {
  const usage = useSignal<UsageByUser>({ byUser: new Map(), maxStoredBytes: null })
  const missing = (users ?? []).map(({ id }) => id).filter(id => !usage.value.byUser.has(id))
  const key = missing.slice(0, 100).join(',')
  useEffect(() => {
    if (key === '') return
    let isStale = false
    void dataOf(api.GET('/admin/usage', { params: { query: { users: key, limit: '100' } } })).then(
      answer => {
        if (isStale) return
        const byUser = new Map(usage.peek().byUser)
        for (const used of answer.users) byUser.set(used.userId, used)
        usage.value = { byUser, maxStoredBytes: answer.maxStoredBytes }
      },
      error => noteSignedOut(error),
    )
    return () => {
      isStale = true
    }
  }, [key])
  return usage.value
}

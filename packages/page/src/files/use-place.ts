import { useEffect, useState } from 'preact/hooks'
import { api, dataOf } from '../api/client.ts'
import type { Job } from '../jobs/job.ts'

/** How often the place is asked for, in milliseconds: others come and go, and no event tells of that. */
const everyMs = 10_000

/** Most rows that ask: with many files waiting, the first places tell enough. */
const mostAsking = 5

let asking = 0

/** Place in line of a job that waits, 1 for the next; `undefined` while it is not known, and in a window that nobody looks at.
 *  @param isShown - whether somebody wants to know */
export function usePlace({ id, state }: Pick<Job, 'id' | 'state'>, isShown: boolean): number | undefined {
  const [place, setPlace] = useState<number>()
  const isWaiting = isShown && state === 'waiting'
  useEffect(() => {
    setPlace(undefined)
    if (!isWaiting || asking >= mostAsking) return
    asking += 1
    const ask = async () => {
      if (document.hidden) return
      const details = await dataOf(api.GET('/jobs/{id}', { params: { path: { id } } }))
      setPlace(details.placeInLine)
    }
    // A place that cannot be told is left out.
    const tryToAsk = () => void ask().catch(() => setPlace(undefined))
    tryToAsk()
    const timer = setInterval(tryToAsk, everyMs)
    return () => {
      asking -= 1
      clearInterval(timer)
    }
  }, [id, isWaiting])
  return place
}

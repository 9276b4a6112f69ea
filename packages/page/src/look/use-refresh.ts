import { useEffect, useRef } from 'preact/hooks'

/** Repeats something while the page can be seen, the next time a while after the last has ended; also at once when it can
 *  be seen again.
 *  @param everyMs - rest between two times, in milliseconds */
export function useRefresh(work: () => Promise<void>, everyMs: number): void {
  const latest = useRef(work)
  latest.current = work
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isStopped = false
    const plan = () => {
      if (!isStopped && document.visibilityState === 'visible') timer = setTimeout(repeat, everyMs)
    }
    const repeat = () => {
      timer = undefined
      void latest.current().finally(plan)
    }
    const onVisibility = () => {
      clearTimeout(timer)
      if (document.visibilityState === 'visible') repeat()
    }
    plan()
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      isStopped = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onVisibility)
    }
  }, [everyMs])
}

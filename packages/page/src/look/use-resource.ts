import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { noteSignedOut } from '../api/note-signed-out.ts'

/** Something that is fetched for a view. */
export interface Resource<T> {
  /** What came last; kept while it is fetched again, and when that fails. */
  data: T | undefined
  error: unknown
  isLoading: boolean
  /** Fetches it again. Resolves when it has come, or has failed. */
  reload(): Promise<void>
  /** Puts something in the place of what came. */
  replace(data: T): void
}

/** Fetches something when a component is shown first, and whenever `key` changes.
 *  @param load - must not depend on anything that `key` does not name */
export function useResource<T>(load: () => Promise<T>, key = ''): Resource<T> {
  const state = useSignal<{ data?: T; error?: unknown; isLoading: boolean }>({ isLoading: true })
  const turn = useMemo(() => ({ current: 0 }), [])

  async function reload(): Promise<void> {
    turn.current += 1
    const mine = turn.current
    state.value = { ...state.peek(), isLoading: true }
    try {
      const data = await load()
      // An answer that a later request has overtaken is old.
      if (turn.current === mine) state.value = { data, isLoading: false }
    } catch (error) {
      noteSignedOut(error)
      if (turn.current === mine) state.value = { data: state.peek().data as T, error, isLoading: false }
    }
  }

  useEffect(() => {
    state.value = { isLoading: true }
    void reload()
    return () => {
      turn.current += 1
    }
  }, [key])

  const { data, error, isLoading } = state.value
  return {
    data,
    error,
    isLoading,
    reload,
    replace(next) {
      turn.current += 1
      state.value = { data: next, isLoading: false }
    },
  }
}

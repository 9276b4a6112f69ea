import { useComputed, useSignal } from '@preact/signals'
import { noteSignedOut } from '../api/note-signed-out.ts'
import { problemOf } from '../problems/problem.ts'
import { problemTexts } from '../problems/problem-texts.ts'
import { wordProblem } from '../problems/word-problem.ts'
import { locale } from '../texts/locale.ts'

/** Something that a button does. */
export interface Action {
  /** Does it, unless it is being done. */
  run(work: () => Promise<void>): Promise<void>
  isBusy: boolean
  /** Why it failed the last time, in words. */
  problem: string | undefined
}

export function useAction(): Action {
  const state = useSignal<{ isBusy: boolean; error: unknown }>({ isBusy: false, error: undefined })
  const problem = useComputed(() => {
    const { error } = state.value
    return error === undefined ? undefined : wordProblem(problemOf(error), problemTexts(), locale.value)
  })
  return {
    async run(work) {
      if (state.value.isBusy) return
      state.value = { isBusy: true, error: undefined }
      try {
        await work()
        state.value = { isBusy: false, error: undefined }
      } catch (error) {
        noteSignedOut(error)
        state.value = { isBusy: false, error }
      }
    },
    isBusy: state.value.isBusy,
    problem: problem.value,
  }
}

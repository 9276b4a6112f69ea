import type { ComponentChildren } from 'preact'
import { problemOf } from '../problems/problem.ts'
import { problemTexts } from '../problems/problem-texts.ts'
import { wordProblem } from '../problems/word-problem.ts'
import { locale } from '../texts/locale.ts'
import { Busy } from './busy.tsx'
import { Button } from './button.tsx'
import { formTexts } from './form-texts.ts'
import { Notice } from './notice.tsx'
import type { Resource } from './use-resource.ts'

interface LoadedProps<T> {
  from: Resource<T>
  children: (data: T) => ComponentChildren
}

/** Shows what was fetched; until then that it is fetched, or why it did not come. */
export function Loaded<T>({ from, children }: LoadedProps<T>) {
  const { data, error, isLoading, reload } = from
  return (
    <>
      {error !== undefined && (
        <Notice kind="bad">
          <p>{wordProblem(problemOf(error), problemTexts(), locale.value)}</p>
          <Button isBusy={isLoading} onClick={() => void reload()}>
            {formTexts().reload}
          </Button>
        </Notice>
      )}
      {data === undefined && isLoading && <Busy />}
      {data !== undefined && children(data)}
    </>
  )
}

import { problemOf } from '../problems/problem.ts'
import { problemTexts } from '../problems/problem-texts.ts'
import { wordProblem } from '../problems/word-problem.ts'
import { language } from '../texts/language.ts'

/** Any failure in words for the reader. */
export function wordError(error: unknown): string {
  return wordProblem(problemOf(error), problemTexts(), language.value)
}

import type { problems as english } from '../texts/en/problems.ts'
import { formatWait } from './format-wait.ts'
import type { Problem } from './problem.ts'

export type ProblemTexts = typeof english

/** Failures that a repetition may cure, besides those whose answer names a wait. */
const passing = new Set([
  'no-answer',
  'busy',
  'deadline-exceeded',
  'unavailable',
  'job-running',
  'request-timeout',
  'dead-letters-busy',
])

/** A problem in words for the reader: what is wrong, and what can be done about it.
 *  @param locale - of `texts`, such as `de` */
export function wordProblem(problem: Problem, texts: ProblemTexts, locale: string): string {
  const { status, code, retryAfterMs, requestId } = problem
  const known: Record<string, string> = texts.byCode
  const unknown = status >= 500 || status === 0 ? texts.failed : texts.refused
  const sentences = [Object.hasOwn(known, code) ? known[code] : unknown]
  if (retryAfterMs !== undefined && retryAfterMs > 0)
    sentences.push(texts.tryAgain(formatWait(retryAfterMs, locale)))
  else if (passing.has(code)) sentences.push(texts.tryAgainLater)
  if (status >= 500 && status !== 503 && requestId) sentences.push(texts.requestId(requestId))
  return sentences.join(' ')
}

import { methodUnknown, problemsOf } from '../endpoint/common-problems.ts'
import type { Endpoint } from '../endpoint/endpoint.ts'
import type { ProblemKind } from '../endpoint/problem-kind.ts'

export interface ListedProblem extends ProblemKind {
  /** Operations that can answer it, as `GET /jobs/{id}`; `any` when all can. */
  operations: readonly string[] | 'any'
}

/** The problems that some endpoints can answer, by status and code.
 *  @throws {Error} for a code with two statuses or meanings */
export function listProblems(endpoints: readonly Endpoint[]): ListedProblem[] {
  const found = endpoints.flatMap(endpoint =>
    [...problemsOf(endpoint), methodUnknown].map(kind => ({
      kind,
      operation: `${endpoint.method} ${endpoint.path}`,
    })),
  )
  return [...Map.groupBy(found, ({ kind }) => kind.code).values()]
    .map(same => {
      const [{ kind }] = same as [(typeof same)[0]]
      const other = same.find(each => each.kind.status !== kind.status || each.kind.meaning !== kind.meaning)
      if (other)
        throw new Error(`The code ${kind.code} means two things: "${kind.meaning}", "${other.kind.meaning}"`)
      const operations = same.map(({ operation }) => operation)
      return { ...kind, operations: same.length === endpoints.length ? ('any' as const) : operations }
    })
    .toSorted((a, b) => a.status - b.status || (a.code < b.code ? -1 : 1))
}

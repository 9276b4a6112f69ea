/** A kind of problem that an API answers (RFC 9457). */
export interface ProblemKind {
  /** Stable name for programs, in kebab-case. */
  code: string
  /** 400 to 599. */
  status: number
  /** When it occurs, and what to do; one or two sentences. */
  meaning: string
}

/** Gives the definition back, with its exact type. */
export function defineProblem<const P extends ProblemKind>(kind: P): P {
  return kind
}

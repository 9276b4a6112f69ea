/** A kind of problem that an API answers (RFC 9457). */
export interface ProblemKind {
  /** Stable name for programs, in kebab-case. */
  code: string
  /** 400 to 599. */
  status: number
  /** When it occurs, and what to do; one or two sentences. */
  meaning: string
}

/** The `type` of a problem (RFC 9457, section 3.1.1): a relative reference to the entry of its code on the gateway's page of
 *  problems, the same in every installation. */
export function problemType(code: string | undefined): string {
  return code === undefined ? 'about:blank' : `/docs/problems#${code}`
}

/** Gives the definition back, with its exact type. */
export function defineProblem<const P extends ProblemKind>(kind: P): P {
  return kind
}

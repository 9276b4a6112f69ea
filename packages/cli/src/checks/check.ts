/** Result of one check. */
export interface CheckResult {
  passed: boolean
  /** The findings, or the reason of a failure, as text for the terminal. */
  output: string
}

/** A check of the whole project. It fails, too, when it has read no file. */
export interface Check {
  /** Name in messages: `lint`. */
  name: string
  /** @param root - the project's folder */
  run(root: string, signal: AbortSignal): Promise<CheckResult>
}

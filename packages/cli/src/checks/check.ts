/** What became of one check. */
export interface CheckResult {
  passed: boolean
  /** What was found, for people; also why it failed. */
  output: string
}

/** Something that is checked over the whole project. It also fails when it read no file: then it checked nothing. */
export interface Check {
  /** For people: `lint`. */
  name: string
  /** @param root - the project's folder */
  run(root: string, signal: AbortSignal): Promise<CheckResult>
}

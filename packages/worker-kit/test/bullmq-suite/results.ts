export interface TestResult {
  status: 'passed' | 'failed' | 'skipped'
  durationMs: number
  message?: string
}

/** Results of one run, by file and by the full title of each test. */
export type TestResults = Record<string, Record<string, TestResult>>

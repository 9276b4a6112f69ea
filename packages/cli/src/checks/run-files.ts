// A program that runs test files by Node's test runner in the order of its arguments; `node --test` would sort them by name.
// Arguments: the file that receives the counts (overwritten), how many files run at once, the longest run of one test in
// milliseconds, and then the test files.
import { writeFile } from 'node:fs/promises'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import type { TestCounts } from './run-tests.ts'

const [countsFile = '', concurrency, timeoutMs, ...files] = process.argv.slice(2)
const interruption = new AbortController()
process.once('SIGTERM', () => interruption.abort())

const events = run({
  files,
  concurrency: Number(concurrency),
  // An open handle must not keep a file from ending. Tests that a file defines late are lost: `late-tests.ts` refuses them.
  execArgv: [`--test-timeout=${timeoutMs}`, '--test-force-exit'],
  signal: interruption.signal,
})
events.on('test:summary', ({ file, counts, success }) => {
  // A summary with a file is that of the file alone. A file counts only when it fails itself, such as one that cannot be loaded.
  if (file !== undefined) return
  // Node's types leave out what has failed.
  const { passed, failed = 0, cancelled, skipped, todo } = counts as typeof counts & { failed?: number }
  const sums: TestCounts = { passed, failed: failed + cancelled, skipped: skipped + todo }
  process.exitCode = success ? 0 : 1
  void writeFile(countsFile, JSON.stringify(sums))
})
events.compose(new spec()).pipe(process.stdout)

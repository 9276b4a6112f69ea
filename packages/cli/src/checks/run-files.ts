// A program that runs test files by Node's test runner in the order of its arguments; `node --test` would sort them by name.
import { writeFile } from 'node:fs/promises'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { parseArgs } from 'node:util'
import type { TestCounts } from './run-tests.ts'

const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    // How many files run at once.
    concurrency: { type: 'string', default: '1' },
    // Longest run of one test, in milliseconds.
    timeout: { type: 'string', default: '300000' },
    // File that receives the counts; overwritten.
    counts: { type: 'string', default: 'counts.json' },
  },
})
const interruption = new AbortController()
process.once('SIGTERM', () => interruption.abort())

const events = run({
  files,
  concurrency: Number(values.concurrency),
  // An open handle must not keep a file from ending. Tests that a file defines late are lost: `late-tests.ts` refuses them.
  execArgv: [`--test-timeout=${values.timeout}`, '--test-force-exit'],
  signal: interruption.signal,
})
events.on('test:summary', ({ file, counts, success }) => {
  // A summary with a file is that of the file alone. A file counts only when it fails itself, such as one that cannot be loaded.
  if (file !== undefined) return
  const { passed, failed = 0, cancelled, skipped, todo } = counts as typeof counts & { failed?: number }
  const sums: TestCounts = { passed, failed: failed + cancelled, skipped: skipped + todo }
  process.exitCode = success ? 0 : 1
  void writeFile(values.counts, JSON.stringify(sums))
})
events.compose(new spec()).pipe(process.stdout)

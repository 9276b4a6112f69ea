/** Runs BullMQ's own tests on the installed BullMQ, on Redis alone or on this backend. See README.md beside this file. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { suiteFiles } from './files.ts'
import { prepareSuite } from './prepare.ts'
import type { TestResults } from './results.ts'
import { startSuiteServers } from './servers.ts'

/** A file that takes longer hangs: its tests have time limits of their own. */
const FILE_LIMIT_MS = 20 * 60_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    source: { type: 'string' },
    backend: { type: 'string' },
    out: { type: 'string' },
    dir: { type: 'string', default: join(tmpdir(), 'bullmq-suite') },
    only: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
})
const { source, backend, out, dir, only, verbose } = values
if (!source || !out || (backend !== 'stock' && backend !== 'rabbitmq')) {
  process.stderr.write(
    'Usage: run.ts --source CHECKOUT --backend stock|rabbitmq --out FILE [--dir FOLDER] [--only TITLE] [--verbose] [FILE...]\n',
  )
  process.exit(2)
}

await prepareSuite(dir, source)
const servers = await startSuiteServers(join(dir, 'servers'), backend)
const results: TestResults = {}
try {
  for (const file of positionals.length > 0 ? positionals : suiteFiles) {
    results[file] = await runFile(file)
    const counts = Object.groupBy(Object.values(results[file]), ({ status }) => status)
    const summary = Object.entries(counts).map(([status, tests]) => `${tests?.length} ${status}`)
    process.stdout.write(`${file}: ${summary.join(', ')}\n`)
    await writeFile(out, `${JSON.stringify(results, null, 1)}\n`)
  }
} finally {
  await servers.stop()
}

async function runFile(file: string): Promise<TestResults[string]> {
  const report = join(dir, `report-${process.pid}.json`)
  await rm(report, { force: true })
  const vitest = spawn(
    process.execPath,
    [
      join(dir, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      `tests/${file}.test.ts`,
      '--root',
      dir,
      '--config',
      new URL('./vitest.config.ts', import.meta.url).pathname,
      '--reporter=json',
      ...(verbose ? ['--reporter=verbose'] : []),
      `--outputFile=${report}`,
      ...(only ? ['--testNamePattern', only] : []),
    ],
    {
      stdio: verbose ? 'inherit' : 'ignore',
      cwd: dir,
      env: { ...process.env, ...servers.env, SUITE_DIR: dir, SUITE_BACKEND: backend },
      timeout: FILE_LIMIT_MS,
      killSignal: 'SIGKILL',
    },
  )
  await once(vitest, 'exit')
  return readReport(report)
}

interface VitestReport {
  testResults: {
    message: string
    assertionResults: { fullName: string; status: string; duration?: number; failureMessages: string[] }[]
  }[]
}

async function readReport(path: string): Promise<TestResults[string]> {
  const report = await readFile(path, 'utf8').catch(() => undefined)
  if (report === undefined)
    return { '(the file)': { status: 'failed', durationMs: 0, message: 'ended without a report' } }
  const tests: TestResults[string] = {}
  for (const { assertionResults, message } of (JSON.parse(report) as VitestReport).testResults) {
    if (assertionResults.length === 0) tests['(the file)'] = { status: 'failed', durationMs: 0, message }
    for (const { fullName, status, duration, failureMessages } of assertionResults)
      if (!only || status === 'passed' || status === 'failed')
        tests[distinct(tests, fullName)] = {
          status: status === 'passed' || status === 'failed' ? status : 'skipped',
          durationMs: Math.round(duration ?? 0),
          ...(failureMessages.length > 0 && { message: failureMessages.join('\n') }),
        }
  }
  return tests
}

/** Some of BullMQ's tests share a title. */
function distinct(tests: TestResults[string], title: string): string {
  let name = title
  for (let i = 2; name in tests; i++) name = `${title} (${i})`
  return name
}

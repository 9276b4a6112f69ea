import { execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'

const run = promisify(execFile)
const folder = join(import.meta.dirname, '../../.jackalope/python-schemathesis')
const program = join(folder, 'bin/st')
const requirements = join(import.meta.dirname, 'requirements.txt')

/** Operations that end the fuzzer's own account or session, and streams without an end. */
const left = ['deleteAccount', 'endSessions', 'endSession', 'logout', 'watchJob', 'watchJobs']

const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'unsupported_method',
]

export interface FuzzOptions {
  /** Address of the gateway. */
  url: string
  token: string
  /** Cases for each operation. */
  maxExamples: number
  /** Most seconds of the whole run. */
  maxSeconds: number
}

/** Schemathesis in a virtual environment that is made once, which takes some seconds.
 *  @returns whether it is there: there may be no Python that can make one, or nothing to install from */
export async function hasSchemathesis(): Promise<boolean> {
  try {
    await run(program, ['--version']).catch(async () => {
      await run('python3', ['-m', 'venv', '--clear', folder], { timeout: 180_000 })
      await run(join(folder, 'bin/python'), ['-m', 'pip', 'install', '--quiet', '-r', requirements], {
        timeout: 180_000,
      })
      await run(program, ['--version'])
    })
    return true
  } catch {
    return false
  }
}

/** Sends requests made of the gateway's own document, valid and not; gives what was found. */
export async function fuzz({ url, token, maxExamples, maxSeconds }: FuzzOptions) {
  const args = [
    ...['run', `${url}/openapi.json`, '--header', `Authorization: Bearer ${token}`],
    ...[
      '--phases',
      'coverage,fuzzing',
      '--max-examples',
      String(maxExamples),
      '--max-time',
      String(maxSeconds),
    ],
    ...['--checks', checks.join(','), '--continue-on-failure', '--request-timeout', '20'],
    ...['--suppress-health-check', 'all', '--no-color', '--workers', '2', '--warnings', 'off'],
    ...left.flatMap(id => ['--exclude-operation-id', id]),
  ]
  const child = spawn(program, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: (maxSeconds + 120) * 1_000,
  })
  const report = await text(child.stdout)
  const [, cases] = /(\d+) generated/.exec(report) ?? []
  const failures = [...report.matchAll(/^- (ST\d+ .*|.*(?:Undocumented|Server error|violates).*)$/gm)].map(
    ([, what]) => what,
  )
  return { report, cases: Number(cases ?? 0), failures }
}

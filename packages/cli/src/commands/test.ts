import { join } from 'node:path'
import { LocalServerError, startServerSet } from '@jackalope/local-servers'
import type { Check } from '../checks/check.ts'
import { docs } from '../checks/docs.ts'
import { importDirection } from '../checks/import-direction.ts'
import { lateTests } from '../checks/late-tests.ts'
import { lint } from '../checks/lint.ts'
import { judgeRun, runTests, type TestOutcome } from '../checks/run-tests.ts'
import { findTestFiles } from '../checks/test-files.ts'
import { types } from '../checks/types.ts'
import { UsageError } from '../cli-error.ts'
import type { Command, CommandContext } from '../command.ts'
import { parseArguments } from '../parse-arguments.ts'
import type { BlobVariables } from '../system/blob-variables.ts'
import { givenAddresses, prepareSystem, unneededServers } from '../system/prepare-programs.ts'
import { createRunFolder } from '../system/run-folder.ts'

/** Folder of the tests that drive a browser. */
const browserTests = 'test/browser/'

const checks: readonly Check[] = [lint, types, importDirection, docs, lateTests]

export const test: Command = {
  async run(args, context) {
    const { switches, operands } = parseArguments('test', args, {
      switches: ['yes', 'screenshots'],
      maxOperands: Number.POSITIVE_INFINITY,
    })
    const { project, terminal, cwd } = context
    if (operands.includes('containers'))
      return await runContainerTests(operands, context, switches.has('yes'))
    const files = await findTestFiles(project.root, operands, cwd)
    const browser = files.some(file => file.startsWith(browserTests))
    const blobs = await prepareSystem(context, { yes: switches.has('yes'), purpose: 'test', browser })
    // Where the tests put pictures of the page's views; without a folder they take none.
    const pictures = switches.has('screenshots') ? join(project.root, 'docs/screenshots') : undefined

    // With named tests only these run, without the other checks.
    const checked = operands.length > 0 ? [] : await runChecks(context)
    const tests = await testWithServers(files, { blobs, pictures }, context).catch((error: unknown) => {
      if (!(error instanceof LocalServerError) || context.signal.aborted) throw error
      terminal.line(error.message)
      return { passed: 0, failed: 1, skipped: 0, succeeded: false }
    })
    const passed = tests.passed + checked.filter(Boolean).length
    const failed = tests.failed + checked.filter(ok => !ok).length
    return conclude({ ...tests, passed, failed }, context)
  },
}

/** Runs the tests that build images and need a Docker engine; they run only when they are asked for, and alone. */
async function runContainerTests(operands: string[], context: CommandContext, yes: boolean): Promise<number> {
  if (operands.length > 1) throw new UsageError('test: "containers" goes alone; see ./jackalope help')
  const { testContainers } = await import('../containers/test-containers.ts')
  return conclude(await testContainers(context, { yes }), context)
}

function conclude({ passed, failed, skipped }: TestOutcome, { terminal }: CommandContext): number {
  if (skipped > 0) terminal.line(`${skipped} skipped`)
  terminal.line(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

/** All at once: most of them use one core for most of their time. */
async function runChecks({ project, terminal, signal }: CommandContext): Promise<boolean[]> {
  const began = performance.now()
  return await Promise.all(
    checks.map(async ({ name, run }) => {
      const { passed, output } = await run(project.root, signal)
      signal.throwIfAborted()
      terminal.done(`${passed ? 'passed' : 'FAILED'}: ${name}`, performance.now() - began)
      if (!passed) terminal.line(output.replace(/^/gm, '    '))
      return passed
    }),
  )
}

async function testWithServers(
  files: string[],
  { blobs, pictures }: { blobs: BlobVariables; pictures: string | undefined },
  context: CommandContext,
): Promise<TestOutcome> {
  const { project, terminal, env, signal } = context
  const run = await createRunFolder(project.testRuns)
  try {
    terminal.line('Starting servers for the tests ...')
    const { addresses } = await startServerSet({
      dir: run.servers,
      given: givenAddresses(env),
      without: unneededServers(blobs),
      onReady: ({ title }, tookMs) => terminal.done(`${title} is ready`, tookMs),
      signal,
    })
    const outcome = await runTests({
      files,
      root: project.root,
      env: {
        ...env,
        ...addresses,
        // Each test has its own store; this is the kind of all stores.
        BLOB_STORE: blobs.BLOB_STORE,
        BLOB_DIR: undefined,
        SCREENSHOTS_DIR: pictures,
        TMPDIR: run.temporary,
        // Hundreds of processes load the same modules: types are stripped, and the code compiled, once.
        NODE_COMPILE_CACHE: join(run.dir, 'compiled'),
      },
      countsFile: join(run.dir, 'counts.json'),
      signal,
    })
    return judgeRun(outcome, terminal)
  } finally {
    await run.remove()
  }
}

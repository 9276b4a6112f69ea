import type { Check } from './check.ts'
import { runProgram } from './run-program.ts'
import { listTypescriptFiles } from './typescript-files.ts'

/** Checks format, order of imports and lint rules by Biome. A warning fails, too. */
export const lint: Check = {
  name: 'lint',
  async run(root, signal) {
    const expected = (await listTypescriptFiles(root)).length
    if (expected === 0) return { passed: false, output: 'lint read no file' }
    const args = ['check', '--error-on-warnings', '--colors=off', '--max-diagnostics=50', '.']
    const { exitCode, stdout, stderr } = await runProgram('biome', args, { root, signal })
    const output = `${stdout}${stderr}`.trim()
    const read = Number(/Checked (\d+) file/.exec(output)?.[1] ?? 0)
    // Biome does not report files that its settings exclude.
    if (read < expected) return { passed: false, output: `${output}\nlint read ${read} of ${expected} files` }
    return { passed: exitCode === 0, output }
  },
}

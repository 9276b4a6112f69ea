import type { Check } from './check.ts'
import { runProgram } from './run-program.ts'

/** Biome: format, order of imports, and lint rules; a warning fails too. */
export const lint: Check = {
  name: 'lint',
  async run(root, signal) {
    const args = ['check', '--error-on-warnings', '--colors=off', '--max-diagnostics=50', '.']
    const { exitCode, stdout, stderr } = await runProgram('biome', args, { root, signal })
    const output = `${stdout}${stderr}`.trim()
    const files = Number(/Checked (\d+) file/.exec(output)?.[1] ?? 0)
    if (files === 0) return { passed: false, output: `${output}\nlint read no file` }
    return { passed: exitCode === 0, output }
  },
}

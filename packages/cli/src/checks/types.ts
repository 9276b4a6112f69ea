import { join } from 'node:path'
import type { Check } from './check.ts'
import { runProgram } from './run-program.ts'
import { listTypescriptFiles } from './typescript-files.ts'

/** Checks every TypeScript file by the TypeScript compiler. */
export const types: Check = {
  name: 'types',
  async run(root, signal) {
    const files = await listTypescriptFiles(root)
    if (files.length === 0) return { passed: false, output: 'the type check read no file' }
    const args = ['--noEmit', '--pretty', 'false', '--listFiles']
    const { exitCode, stdout, stderr } = await runProgram('tsc', args, { root, signal })
    const lines = `${stdout}${stderr}`.trim().split('\n')
    const read = new Set(lines)
    const unread = files.filter(file => !read.has(join(root, file)))
    // tsconfig.json decides which files the compiler reads.
    if (unread.length > 0)
      return { passed: false, output: `the type check did not read ${unread.join(', ')}` }
    const messages = lines.filter(line => !line.startsWith('/'))
    return { passed: exitCode === 0, output: [...messages, `Checked ${files.length} files`].join('\n') }
  },
}

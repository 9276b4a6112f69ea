import { sep } from 'node:path'
import type { Check } from './check.ts'
import { runProgram } from './run-program.ts'

/** The TypeScript compiler over every file that `tsconfig.json` names. */
export const types: Check = {
  name: 'types',
  async run(root, signal) {
    const args = ['--noEmit', '--pretty', 'false', '--listFiles']
    const { exitCode, stdout, stderr } = await runProgram('tsc', args, { root, signal })
    const lines = `${stdout}${stderr}`.trim().split('\n')
    const isFile = (line: string) => line.startsWith(root + sep) && !line.includes(': error ')
    const files = lines.filter(line => isFile(line) && !line.includes('/node_modules/'))
    const messages = lines.filter(line => !isFile(line) && !line.includes('/node_modules/')).join('\n')
    if (files.length === 0) return { passed: false, output: `${messages}\nthe type check read no file` }
    return { passed: exitCode === 0, output: `${messages}\nChecked ${files.length} files`.trim() }
  },
}

import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import type { Check } from './check.ts'
import { runProgram } from './run-program.ts'
import { listTypescriptFiles } from './typescript-files.ts'

/** Checks every TypeScript file by the TypeScript compiler. Some have settings of their own: examples, as a project of their
 *  framework has them, and what runs in a browser. */
export const types: Check = {
  name: 'types',
  async run(root, signal) {
    const files = await listTypescriptFiles(root)
    if (files.length === 0) return { passed: false, output: 'the type check read no file' }
    const lines: string[] = []
    let exitCode = 0
    for (const settings of ['tsconfig.json', ...(await furtherSettings(root))]) {
      const args = ['--project', settings, '--noEmit', '--pretty', 'false', '--listFiles']
      const result = await runProgram('tsc', args, { root, signal })
      lines.push(...`${result.stdout}${result.stderr}`.trim().split('\n'))
      exitCode ||= result.exitCode
    }
    const read = new Set(lines)
    const unread = files.filter(file => !read.has(join(root, file)))
    // Which files the compiler reads is up to tsconfig.json.
    if (unread.length > 0)
      return { passed: false, output: `the type check did not read ${unread.join(', ')}` }
    const messages = lines.filter(line => !line.startsWith('/'))
    return { passed: exitCode === 0, output: [...messages, `Checked ${files.length} files`].join('\n') }
  },
}

async function furtherSettings(root: string): Promise<string[]> {
  return (
    await Array.fromAsync(
      glob(['examples/*/tsconfig.json', 'packages/page/tsconfig.json', 'test/*/tsconfig.json'], {
        cwd: root,
      }),
    )
  ).toSorted()
}

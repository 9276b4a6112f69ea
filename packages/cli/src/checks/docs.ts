import { glob } from 'node:fs/promises'
import type { Check } from './check.ts'
import { runNode } from './run-program.ts'

/** Builds the documentation: every page is rendered, and every link, anchor and named source file looked for. */
export const docs: Check = {
  name: 'docs',
  async run(root, signal) {
    const expected = (await Array.fromAsync(glob('docs/**/*.md', { cwd: root }))).length
    if (expected === 0) return { passed: false, output: 'the docs check read no file' }
    const { exitCode, stdout, stderr } = await runNode('packages/docs-site/src/build-site.ts', {
      root,
      signal,
    })
    const output = `${stderr}\n${stdout}`.trim()
    if (exitCode !== 0) return { passed: false, output }
    const built = Number(/^Built (\d+) pages/m.exec(stdout)?.[1] ?? 0)
    // What is left out of the site is not checked either.
    if (built < expected)
      return { passed: false, output: `${output}\nthe site has ${built} of ${expected} pages` }
    return { passed: true, output: `Built ${built} pages` }
  },
}

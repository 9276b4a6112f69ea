import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Check } from './check.ts'
import { findTestFiles } from './test-files.ts'

/** A test that the file itself defines, alone or in a loop. Code that is not in a function or block begins at the margin. */
const TEST = /^(?:for \(.*\) )?(?:test|suite|describe)\b|^ {2}(?:test|suite|describe)\(/

/** An `await` of the file itself, not of a function in it. */
const AWAIT = /^(?=\S)(?!\/)(?!.*(?:\basync\b|=>).*\bawait\b).*\bawait\b/

/** Checks that no test file waits between its tests. Node's runner ends with `--test-force-exit` as soon as all tests that are known
 *  have ended: what a file defines later would never run, and nobody would hear of it. */
export const lateTests: Check = {
  name: 'late tests',
  async run(root) {
    const files = await findTestFiles(root, [], root)
    if (files.length === 0) return { passed: false, output: 'the check of late tests read no file' }
    const found = await Promise.all(
      files.map(async file => {
        const line = findWait(await readFile(join(root, file), 'utf8'))
        return line && `${file}:${line} waits after a test: move it before the first test, or into a test`
      }),
    )
    const faults = found.filter(fault => fault !== undefined)
    return { passed: faults.length === 0, output: faults.join('\n') || `Checked ${files.length} files` }
  },
}

/** @returns number of the first line that waits after a test, from 1 */
function findWait(source: string): number | undefined {
  const lines = source.split('\n')
  const first = lines.findIndex(line => TEST.test(line))
  if (first < 0) return undefined
  const at = lines.findIndex((line, i) => i > first && AWAIT.test(joined(line, lines[i + 1])))
  return at < 0 ? undefined : at + 1
}

/** A long assignment is broken after its `=`. */
function joined(line: string, next = ''): string {
  return /^\S.*=$/.test(line) ? `${line} ${next.trim()}` : line
}

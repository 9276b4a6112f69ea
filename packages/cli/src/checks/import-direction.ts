import type { Check, CheckResult } from './check.ts'
import { runProgram } from './run-program.ts'
import { listTypescriptFiles, programFolders } from './typescript-files.ts'

interface CruiseResult {
  summary: { violations: Violation[] }
  modules: { source: string }[]
}

interface Violation {
  from: string
  to: string
  rule: { name: string; severity: string }
  cycle?: { name: string }[]
}

/** Checks the imports of every TypeScript file by the rules of `.dependency-cruiser.mjs`. */
export const importDirection: Check = {
  name: 'import direction',
  async run(root, signal) {
    // Declarations import nothing at run time, and dependency-cruiser leaves them out.
    const files = (await listTypescriptFiles(root)).filter(file => !file.endsWith('.d.ts'))
    if (files.length === 0) return failure('the import check read no file')
    const present = programFolders.filter(folder => files.some(file => file.startsWith(`${folder}/`)))
    const args = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...present]
    const { stdout, stderr } = await runProgram('depcruise', args, { root, signal })
    const result = parse(stdout)
    if (!result) return failure(`dependency-cruiser failed:\n${stderr || stdout}`)
    const read = new Set(result.modules.map(({ source }) => source))
    const unread = files.filter(file => !read.has(file))
    // With an unknown version of TypeScript dependency-cruiser reads no file and reports no violation.
    if (unread.length > 0) return failure(`the import check did not read ${unread.join(', ')}`)
    const { violations } = result.summary
    if (violations.length > 0) return failure(violations.map(describe).join('\n'))
    return { passed: true, output: `Checked ${files.length} files` }
  },
}

function failure(output: string): CheckResult {
  return { passed: false, output }
}

function parse(json: string): CruiseResult | undefined {
  try {
    return JSON.parse(json) as CruiseResult
  } catch {
    return undefined
  }
}

function describe({ rule, from, to, cycle }: Violation): string {
  const way = cycle ? cycle.map(({ name }) => name) : [to]
  return `${rule.name}: ${[from, ...way].join(' -> ')}`
}

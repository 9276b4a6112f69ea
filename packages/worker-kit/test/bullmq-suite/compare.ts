/** Lists, test by test, how runs of BullMQ's tests differ. See README.md beside this file.
 *  Usage: compare.ts STOCK.json OURS.json */
import { readFile } from 'node:fs/promises'
import type { TestResult, TestResults } from './results.ts'

const [stockPath, oursPath] = process.argv.slice(2)
if (!stockPath || !oursPath) {
  process.stderr.write('Usage: compare.ts STOCK.json OURS.json\n')
  process.exit(2)
}
const stock = JSON.parse(await readFile(stockPath, 'utf8')) as TestResults
const ours = JSON.parse(await readFile(oursPath, 'utf8')) as TestResults

for (const [name, results] of Object.entries({ stock, ours })) {
  const all = Object.values(results).flatMap(file => Object.values(file))
  const count = (status: TestResult['status']) => all.filter(test => test.status === status).length
  print(`${name}: ${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`)
}
list('Fails on both', (a, b) => a === 'failed' && b === 'failed')
list('Fails on stock alone', (a, b) => a === 'failed' && b !== 'failed')
list('Fails on ours alone', (a, b) => a !== 'failed' && b === 'failed')
list('Ran on one of them alone', (a, b) => (a === undefined) !== (b === undefined))

type Status = TestResult['status'] | undefined

function list(heading: string, applies: (stock: Status, ours: Status) => boolean): void {
  print(`\n${heading}:`)
  for (const file of new Set([...Object.keys(stock), ...Object.keys(ours)]))
    for (const title of new Set([...Object.keys(stock[file] ?? {}), ...Object.keys(ours[file] ?? {})]))
      if (applies(stock[file]?.[title]?.status, ours[file]?.[title]?.status)) {
        print(`  ${file} | ${title}`)
        print(`    ${reason(ours[file]?.[title] ?? stock[file]?.[title])}`)
      }
}

function reason(result: TestResult | undefined): string {
  return result?.message?.split('\n')[0] ?? `${result?.status}, ${result?.durationMs} ms`
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Most test files in one process: a broken one, or a long one, keeps only these back. */
const mostFiles = 8

/** Of these the tests start programs, which load their modules themselves: nothing to share. */
const ownProcesses = /^packages\/(cli|local-servers)\//

/** A hook outside of `describe` would run for the tests of the other files, too. */
const hookOfProcess = /^(before|after)(Each)?\(/m

/** Gives programs for the test runner, which starts a process for each. Neighbouring test files of a package share a
 *  process, since much of the time of a process goes into loading the modules that they have in common.
 *  @param files - relative to `root`
 *  @param dir - folder for the programs that import several files; created if missing
 *  @returns paths, relative to `root` or absolute; those of whole journeys, which take longest, come first */
export async function shareProcesses(
  files: readonly string[],
  { root, dir }: { root: string; dir: string },
): Promise<string[]> {
  const [alone, shared] = await divide(files, root)
  const programs = await Promise.all(
    groups(shared).map(async group => {
      const [file = ''] = group
      return group.length === 1 ? file : await writeProgram(group, { root, dir })
    }),
  )
  return [...alone, ...programs]
}

async function divide(files: readonly string[], root: string): Promise<[alone: string[], shared: string[]]> {
  const alone: string[] = []
  const shared: string[] = []
  for (const file of files) {
    const mayShare = file.startsWith('packages/') && !ownProcesses.test(file)
    if (mayShare && !hookOfProcess.test(await readFile(join(root, file), 'utf8'))) shared.push(file)
    else alone.push(file)
  }
  return [alone, shared]
}

/** The files of each package, in as few groups of about the same size as there can be. */
function groups(files: readonly string[]): string[][] {
  const packages = Object.values(Object.groupBy(files, file => file.split('/', 2).join('/'))) as string[][]
  return packages.flatMap(all => {
    const count = Math.ceil(all.length / mostFiles)
    return Array.from({ length: count }, (_, i) =>
      all.slice(Math.round((i * all.length) / count), Math.round(((i + 1) * all.length) / count)),
    )
  })
}

async function writeProgram(
  files: readonly string[],
  { root, dir }: { root: string; dir: string },
): Promise<string> {
  const [first = ''] = files
  const program = join(dir, `${first.replaceAll('/', '-')}-and-${files.length - 1}-more.mjs`)
  await mkdir(dir, { recursive: true })
  await writeFile(program, source(files.map(file => pathToFileURL(join(root, file)).href)))
  return program
}

/** No test runs before all files are loaded: the runner ends the process after the last test that it knows of, also when
 *  files that wait for something have not told it of theirs. */
const source = (files: readonly string[]) => `import { before } from 'node:test'

const files = ${JSON.stringify(files, undefined, 2)}
let loaded = 0
const loading = (async () => {
  for (; loaded < files.length; loaded++) await import(files[loaded])
})()
before(() => loading)
process.once('exit', () => {
  if (loaded === files.length) return
  console.error(\`This process has ended before it had loaded \${files[loaded]}\`)
  process.exitCode = 1
})
await loading
`

import { relative, resolve } from 'node:path'
import { UsageError } from '../cli-error.ts'
import { listTypescriptFiles } from './typescript-files.ts'

/** Folder of the tests that drive the whole system. */
const systemTests = 'test/'

/** Folder of the tests that need a system of containers: `./jackalope test containers`. */
const containerTests = 'test/containers/'

/** The project's test files, relative to its folder, without those of `test/containers`. With filters only files that
 *  are one of the filters, or below one. Those that drive the whole system come first: they take minutes, and none of them
 *  should be left to run alone at the end.
 *  @param filters - paths, relative to the project's folder or to `cwd`
 *  @throws {UsageError} when a filter names no test file */
export async function findTestFiles(root: string, filters: string[], cwd: string): Promise<string[]> {
  const all = (await listTypescriptFiles(root, ['packages', 'examples', 'bench', 'test'])).filter(
    file =>
      /^(packages\/[^/]+\/|examples\/[^/]+\/|bench\/)?test\/.*\.test\.ts$/.test(file) &&
      !file.startsWith(containerTests),
  )
  const chosen = filters.flatMap(filter => {
    const found = [cwd, root]
      .map(base => relative(root, resolve(base, filter)))
      .map(path => all.filter(file => path === '' || file === path || file.startsWith(`${path}/`)))
      .find(files => files.length > 0)
    if (!found) throw new UsageError(`test: there is no test file at or below "${filter}"`)
    return found
  })
  const files = filters.length === 0 ? all : [...new Set(chosen)].toSorted()
  return files.toSorted((a, b) => Number(b.startsWith(systemTests)) - Number(a.startsWith(systemTests)))
}

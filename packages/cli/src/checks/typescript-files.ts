import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

const left = new Set(['node_modules', 'dist', 'coverage'])

/** Folders with programs; some may be missing. */
export const programFolders = ['packages', 'test', 'bench', 'examples'] as const

/** Sorted paths of all TypeScript files below some folders, relative to the project's folder. */
export async function listTypescriptFiles(
  root: string,
  folders: readonly string[] = programFolders,
): Promise<string[]> {
  const lists = await Promise.all(folders.map(folder => listIn(root, folder)))
  return lists.flat().toSorted()
}

async function listIn(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    },
  )
  const lists = entries.map(async entry => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return left.has(entry.name) ? [] : await listIn(root, path)
    return entry.isFile() && /\.tsx?$/.test(entry.name) ? [path] : []
  })
  return (await Promise.all(lists)).flat()
}

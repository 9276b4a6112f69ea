import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Where typedoc writes the API reference, relative to the project's folder. */
export const API_FOLDER = 'packages/docs-site/api'

/** Folders below which no Markdown file is a page. Names that begin with a dot are left out everywhere. */
export const unpublishedFolders = ['node_modules', 'dist', 'coverage']

/** The address of a page below the site's root. A folder's `README.md` is its start page, as on GitHub.
 *  @param file - the page's Markdown file, relative to the project's folder */
export function pageAddress(file: string): string {
  return file.replace(`${API_FOLDER}/`, 'api/').replace(/(^|\/)README\.md$/, '$1index.md')
}

/** All Markdown files that are pages, relative to the project's folder, in order. */
export async function listPages(root: string, folder = ''): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true })
  const lists = entries.map(async entry => {
    const path = folder ? `${folder}/${entry.name}` : entry.name
    if (entry.name.startsWith('.') || unpublishedFolders.includes(entry.name)) return []
    if (entry.isDirectory()) return listPages(root, path)
    return entry.isFile() && entry.name.endsWith('.md') ? [path] : []
  })
  return (await Promise.all(lists)).flat().toSorted()
}

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const packageFolder = join(import.meta.dirname, '../..')

/** Every block of TypeScript in the README and in the pages of docs/, as a module of its own.
 *  @returns texts by the names of files, which tell page and line */
export async function docSnippets(): Promise<Map<string, string>> {
  const docs = (await readdir(join(packageFolder, 'docs'))).filter(name => name.endsWith('.md'))
  const snippets = new Map<string, string>()
  for (const page of ['README.md', ...docs.map(name => join('docs', name))]) {
    const text = await readFile(join(packageFolder, page), 'utf8')
    for (const { 1: block = '', index } of text.matchAll(/^```ts\n(.*?)^```$/gms)) {
      const line = text.slice(0, index).split('\n').length
      snippets.set(`${page.replaceAll(/\W/g, '-')}-line-${line}.mts`, `${block}\nexport {}\n`)
    }
  }
  return snippets
}

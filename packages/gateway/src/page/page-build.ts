import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Folder of the built page. */
export const pageFolder = join(
  dirname(fileURLToPath(import.meta.resolve('@jackalope/page/package.json'))),
  'dist',
)

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

/** A file of the page as it is sent. The build has made the compressed copies. */
export interface PageFile {
  type: string
  tag: string
  identity: Buffer
  br?: Buffer | undefined
  gzip?: Buffer | undefined
}

/** Reads files of the built page, each once. A file that is missing is looked for again: the page may be built meanwhile.
 *  @param folder - of the build. @default that of the package `page` */
export function createPageBuild(folder = pageFolder) {
  const files = new Map<string, Promise<PageFile | undefined>>()
  return {
    /** @param name - relative to the folder, such as `assets/index-1a2b3c4d.js`; checked by the caller */
    async read(name: string): Promise<PageFile | undefined> {
      let file = files.get(name)
      if (!file) {
        file = readPageFile(folder, name)
        files.set(name, file)
      }
      const read = await file.catch(error => {
        files.delete(name)
        throw error
      })
      if (!read) files.delete(name)
      return read
    },
  }
}
export type PageBuild = ReturnType<typeof createPageBuild>

async function readPageFile(folder: string, name: string): Promise<PageFile | undefined> {
  const path = join(folder, name)
  const [identity, br, gzip] = await Promise.all(['', '.br', '.gz'].map(ending => readIfThere(path + ending)))
  const type = types[extname(name)]
  if (!identity || !type) return undefined
  const tag = createHash('sha256').update(identity).digest('base64url').slice(0, 22)
  return { type, tag, identity, br, gzip }
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  return await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  })
}

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A style that a component of the board puts into the page, as the build writes it. */
const style = /"style",\{children:`([^`$\\]*)`\}/g

/** Sources of a policy that let the installed board's own styles through, by their hashes, and no others.
 *  @param folder - of its scripts. @default that of the installed version */
export function inlineStyles(folder = scriptFolder()): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.js'))
    .flatMap(name => [...readFileSync(join(folder, name), 'utf8').matchAll(style)])
    .map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
}

/** The board's pages are a package of its server's. */
function scriptFolder(): string {
  const server = createRequire(createRequire(import.meta.url).resolve('@bull-board/api'))
  return join(dirname(server.resolve('@bull-board/ui/package.json')), 'dist/static/js')
}

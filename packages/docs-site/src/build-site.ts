import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vitepress'
import { writeApiReference } from './api-reference.ts'
import { projectRoot } from './repository.ts'

// Builds the site into packages/docs-site/dist; fails when a link, an anchor or a source file that is named is not there.
// The last line says how many pages were built.
const siteRoot = join(projectRoot, 'packages/docs-site')
const out = join(siteRoot, 'dist')

await writeApiReference(projectRoot)
await rm(out, { recursive: true, force: true })
try {
  await build(siteRoot)
} catch (error) {
  // The bundler's errors bear pages of detail beside their message.
  console.error((error as Error).message)
  process.exit(1)
}
const files = await readdir(out, { recursive: true })
console.log(
  `Built ${files.filter(file => file.endsWith('.html') && file !== '404.html').length} pages into ${out}`,
)

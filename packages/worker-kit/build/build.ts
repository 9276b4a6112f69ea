/** Builds `dist/` from `src/`: JavaScript, declarations and source maps by tsc, and every text that the sources read from a file. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { luaTexts } from '../src/redis/lua-texts.ts'

const root = join(import.meta.dirname, '..')
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')

rmSync(join(root, 'dist'), { recursive: true, force: true })
execFileSync(process.execPath, [tsc, '--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
inlineLuaTexts()
copyFileSync(join(root, 'src/command-line/help.txt'), join(root, 'dist/command-line/help.txt'))

/** A bundle has no folder of Lua files beside it: the module that reads the folder becomes one that holds the texts. */
function inlineLuaTexts(): void {
  const count = Object.keys(luaTexts).length
  if (count === 0) throw new Error('no Lua text was found in src/redis/commands')
  const path = join(root, 'dist/redis/lua-texts.js')
  writeFileSync(path, `export const luaTexts = ${JSON.stringify(luaTexts, undefined, 2)}\n`)
  rmSync(`${path}.map`)
}

/** Builds `dist/` from `src/`: JavaScript, declarations and source maps by tsc, and every text that the sources read from a file. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { luaTexts } from '../src/redis/lua-texts.ts'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')

rmSync(dist, { recursive: true, force: true })
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
execFileSync(process.execPath, [tsc, '--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
inlineLuaTexts()
copyFileSync(join(root, 'src/command-line/help.txt'), join(dist, 'command-line/help.txt'))
writeCommonjs()

/** A bundle has no folder of Lua files beside it: the module that reads the folder becomes one that holds the texts. */
function inlineLuaTexts(): void {
  if (Object.keys(luaTexts).length === 0) throw new Error('no Lua text was found in src/redis/commands')
  const module = join(dist, 'redis/lua-texts.js')
  writeFileSync(module, `export const luaTexts = ${JSON.stringify(luaTexts, undefined, 2)}\n`)
  rmSync(`${module}.map`)
}

/** The library once more as CommonJS, for what takes the condition `require` and cannot load ES modules by it: Jest. Node itself
 *  takes `module-sync`, so that one process never has both. */
function writeCommonjs(): void {
  const folder = join(dist, 'cjs')
  const modules = globSync('**/*.{js,d.ts}', { cwd: dist }).filter(path => !path.startsWith('command-line/'))
  for (const path of modules) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    if (path.endsWith('.d.ts')) writeFileSync(join(folder, path), declaration(path))
    else writeFileSync(join(folder, path), commonjs(path))
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n')
}

function declaration(path: string): string {
  return readFileSync(join(dist, path), 'utf8').replace(/^\/\/# sourceMappingURL=.*\n?/m, '')
}

function commonjs(path: string): string {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2024 }
  const { outputText } = ts.transpileModule(declaration(path), { compilerOptions })
  return outputText
}

// Stands for `nest build`: Node runs TypeScript, but no decorators. Each file is compiled for itself, as swc does it.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import ts from 'typescript'

const folder = import.meta.dirname
const { config } = ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile)
const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, folder)
if (fileNames.length === 0) throw new Error('there is nothing to compile')
const compilerOptions = { ...options, module: ts.ModuleKind.ESNext }

await mkdir(join(folder, 'dist'), { recursive: true })
for (const fileName of fileNames) {
  const source = await readFile(fileName, 'utf8')
  const { outputText } = ts.transpileModule(source, { fileName, compilerOptions })
  await writeFile(join(folder, 'dist', `${basename(fileName, '.ts')}.js`), outputText)
}

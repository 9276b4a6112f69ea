// Stands for `nest build`: decorators have to be compiled. Types are checked; what is imported from the workspace is left alone.
import { join } from 'node:path'
import ts from 'typescript'

const configFile = join(import.meta.dirname, 'tsconfig.json')
const { fileNames, options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(configFile, ts.sys.readFile).config,
  ts.sys,
  import.meta.dirname,
)
if (fileNames.length === 0) throw new Error(`${configFile} names no file`)
const program = ts.createProgram(fileNames, options)
const diagnostics = fileNames.flatMap(name => {
  const file = program.getSourceFile(name)
  return file
    ? [
        ...program.getSyntacticDiagnostics(file),
        ...program.getSemanticDiagnostics(file),
        ...program.emit(file).diagnostics,
      ]
    : []
})
if (diagnostics.length > 0) {
  console.error(
    ts.formatDiagnostics(diagnostics, {
      getCanonicalFileName: name => name,
      getCurrentDirectory: () => import.meta.dirname,
      getNewLine: () => '\n',
    }),
  )
  process.exitCode = 1
}

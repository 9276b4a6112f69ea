import { readFileSync } from 'node:fs'

export type Environment = Readonly<Record<string, string | undefined>>

/** The value of a variable, or the content of the file that `NAME_FILE` names; `undefined` when neither is set.
 *  @throws {Error} whose message names the variable and never holds its value */
export function givenValue(name: string, env: Environment): string | undefined {
  const fileName = `${name}_FILE`
  const file = env[fileName]
  if (!file) return env[name]
  if (env[name]) throw new Error(`${name}: is set, and so is ${fileName}; remove one of the two`)
  const text = readValue(file, fileName)
  if (text === '') throw new Error(`${fileName}: ${JSON.stringify(file)} is empty`)
  return text
}

function readValue(file: string, fileName: string): string {
  try {
    // Editors and `echo` add a line break at the end of a file; it is not part of the value.
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new Error(`${fileName}: ${JSON.stringify(file)} cannot be read (${code})`, { cause })
  }
}

import { posix } from 'node:path'
import { type BullmqScriptName, bullmqScripts, requiredScripts } from './bullmq-scripts.ts'
import { luaTexts } from './lua-texts.ts'
import { scriptAsFunction } from './script-as-function.ts'

const DECLARATION = /^--- @(?:include "(.+)"|bullmq (\w+))$/gm

/** The whole Lua text of a command. What its file declares stands in place of the declarations:
 *  `--- @include "includes/clock"` becomes that file, each file once; the path begins at the folder of the including file.
 *  `--- @bullmq moveToActive` becomes BullMQ's unmodified script, as the function `bullmq.moveToActive(KEYS, ARGV)`.
 *  @param step - BullMQ's script that the file calls as `step(KEYS, ARGV)`
 *  @throws {Error} for an include or a script that is not known, with its name */
export function composeLua(command: string, step?: BullmqScriptName, texts = luaTexts): string {
  const included = new Set<string>()

  function textOf(file: string, from?: string): string {
    if (included.has(file)) return ''
    included.add(file)
    const text = Object.hasOwn(texts, file) ? texts[file] : undefined
    if (text === undefined)
      throw new Error(`There is no ${file}.lua${from ? `, which ${from}.lua includes` : ''}`)
    return text.replace(DECLARATION, (_, path?: string, script?: string) =>
      path
        ? textOf(posix.join(posix.dirname(file), path), file)
        : `bullmq.${script} = ${asFunction(script, file)}`,
    )
  }

  const stepFunction = step ? `local step = ${asFunction(step, command)}\n` : ''
  return `local bullmq = {}\n${stepFunction}${textOf(command)}`
}

function asFunction(script = '', caller: string): string {
  if (!Object.hasOwn(requiredScripts, script))
    throw new Error(`${caller}.lua calls BullMQ's ${script}, which bullmq-scripts.ts does not list`)
  return scriptAsFunction(bullmqScripts[script as BullmqScriptName].content)
}

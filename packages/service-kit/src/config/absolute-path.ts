import { isAbsolute } from 'node:path'
import { textValue } from './text-value.ts'

/** Absolute path of a file or folder. */
export function absolutePath() {
  return textValue('an absolute path', text => {
    if (!isAbsolute(text)) throw new Error(`expected an absolute path, got ${JSON.stringify(text)}`)
    return text
  })
}

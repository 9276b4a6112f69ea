import { isAbsolute } from 'node:path'
import { textValue } from './text-value.ts'

/** Path of a file or folder, from the root on. */
export function absolutePath() {
  return textValue('an absolute path', text => {
    if (!isAbsolute(text)) throw new Error(`expected an absolute path, got ${JSON.stringify(text)}`)
    return text
  })
}

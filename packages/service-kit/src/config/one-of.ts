import { textValue } from './text-value.ts'

/** One of a list of names. */
export function oneOf<const Name extends string>(...names: readonly Name[]) {
  const expected = `one of ${names.join(', ')}`
  return textValue(expected, (text): Name => {
    const name = names.find(known => known === text)
    if (name === undefined) throw new Error(`expected ${expected}, got ${JSON.stringify(text)}`)
    return name
  })
}

import { textValue } from './text-value.ts'

/** An integer in decimal digits, from `min` to `max`, both included. `1e3`, `0x10` and `80a` are refused. */
export function integer(min: number, max: number) {
  const expected = `an integer from ${min} to ${max}`
  return textValue(expected, text => {
    const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= min && value <= max)) throw new Error(`expected ${expected}, got ${JSON.stringify(text)}`)
    return value
  })
}

/** A TCP port to listen on. Tests pass `min` 0 to allow port 0, which takes a free one. */
export function port(min: 0 | 1 = 1) {
  return integer(min, 65_535)
}

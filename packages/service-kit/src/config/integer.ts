import { textValue } from './text-value.ts'

/** A whole number in decimal digits; both bounds belong to the range. `1e3`, `0x10` and `80a` are refused. */
export function integer(min: number, max: number) {
  const expected = `an integer from ${min} to ${max}`
  return textValue(expected, text => {
    const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= min && value <= max)) throw new Error(`expected ${expected}, got ${JSON.stringify(text)}`)
    return value
  })
}

/** A TCP port to listen on. 0, for a free one, is for tests alone: pass `min` 0. */
export function port(min: 0 | 1 = 1) {
  return integer(min, 65_535)
}

import { WorkerKitError } from './errors.ts'
import { showValue } from './show-value.ts'
import { LONGEST_TIMER_MS } from './time-limit.ts'

/** Says what is wrong with the value of an option: `expected ..., got ...`. `undefined` for a good one. */
export type OptionRule = (value: unknown) => string | undefined

/** Rules by the name of the option. */
export type OptionRules<Name extends string = string> = Record<Name, OptionRule>

/** Compares options with their rules.
 *  @param options - an option that is `undefined` counts as missing
 *  @param path - goes before the names: `backoff.`
 *  @returns one sentence for each option that is wrong, and for each that has no rule */
export function findFaults(options: unknown, rules: OptionRules, path = ''): string[] {
  if (!isObject(options)) return [`${path.slice(0, -1) || 'options'}: ${expectedGot('an object', options)}`]
  const names = Object.keys(rules)
  const unknown = Object.keys(options).filter(name => !names.includes(name))
  return [
    ...names.flatMap(name => {
      const fault = rules[name]?.((options as Record<string, unknown>)[name])
      return fault === undefined ? [] : [`${path}${name}: ${fault}`]
    }),
    ...unknown.map(name => `${path}${name}: no such option; there are ${names.join(', ')}`),
  ]
}

/** @param what - the function that got the options: `connect`
 *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` that names all faults, if there are any */
export function refuseFaults(what: string, faults: readonly string[]): void {
  if (faults.length > 0) throw new WorkerKitError('ERR_INVALID_DEFINITION', `${what}: ${faults.join('; ')}`)
}

/** An option that may be left out.
 *  @param expected - ends the sentence "expected ..." */
export function optional(expected: string, fits: (value: unknown) => boolean): OptionRule {
  return value => (value === undefined || fits(value) ? undefined : expectedGot(expected, value))
}

/** An option that must be there. */
export function required(expected: string, fits: (value: unknown) => boolean): OptionRule {
  return value => (fits(value) ? undefined : expectedGot(expected, value))
}

/** An option that may be left out. Its value is not shown, as it may hold a secret. */
export function secret(expected: string, fits: (value: unknown) => boolean): OptionRule {
  return value =>
    value === undefined || fits(value) ? undefined : `expected ${expected}, got something else`
}

export function integer(least: number, most = Number.MAX_SAFE_INTEGER): OptionRule {
  const range = most === Number.MAX_SAFE_INTEGER ? `>= ${least}` : `from ${least} to ${most}`
  return optional(`an integer ${range}`, value => isInteger(value, least, most))
}

/** A time that a timer can take, in milliseconds: at most 24.8 days. */
export function milliseconds(least: number): OptionRule {
  return integer(least, LONGEST_TIMER_MS)
}

/** As `milliseconds`, or `Infinity`. */
export function millisecondsOrInfinity(least: number): OptionRule {
  return optional(
    `an integer from ${least} to ${LONGEST_TIMER_MS}, or Infinity`,
    value => value === Number.POSITIVE_INFINITY || isInteger(value, least, LONGEST_TIMER_MS),
  )
}

export function oneOf(...values: readonly string[]): OptionRule {
  return optional(`one of ${values.map(value => `"${value}"`).join(', ')}`, value =>
    values.includes(value as string),
  )
}

/** A rule for the one of two options of which exactly one must be given. */
export function oneOfTwo(other: unknown, otherName: string, rule: OptionRule): OptionRule {
  return value => {
    if (other === undefined) return rule(value)
    return value === undefined ? undefined : `expected to be missing, as ${otherName} is given`
  }
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isFunction(value: unknown): boolean {
  return typeof value === 'function'
}

/** Whether a value has methods with these names. */
export function hasMethods(value: unknown, ...names: string[]): boolean {
  return isObject(value) && names.every(name => isFunction((value as Record<string, unknown>)[name]))
}

export function expectedGot(expected: string, value: unknown): string {
  return `expected ${expected}, got ${showValue(value)}`
}

function isInteger(value: unknown, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
}

import { parseArgs } from 'node:util'
import { UsageError } from './cli-error.ts'

export interface ArgumentRules {
  /** Names of switches, without their dashes. */
  switches?: readonly string[]
  /** Names of options with a value, given as `--name=value`, and the values that each may have. */
  values?: Readonly<Record<string, readonly string[]>>
  /** Most other arguments. @default 0 */
  maxOperands?: number
}

export interface ParsedArguments {
  switches: ReadonlySet<string>
  values: Readonly<Record<string, string | undefined>>
  operands: string[]
}

/** Parses the arguments of a command.
 *  @throws {UsageError} that names the first unknown argument */
export function parseArguments(
  command: string,
  args: string[],
  { switches = [], values: known = {}, maxOperands = 0 }: ArgumentRules = {},
): ParsedArguments {
  const options = Object.fromEntries(switches.map(name => [name, { type: 'boolean' as const }]))
  const given: Record<string, string> = {}
  const { tokens, values, positionals } = parseArgs({
    args,
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const refuse = (text: string) => new UsageError(`${command}: ${text}; see ./jackalope help`)
  for (const token of tokens) {
    if (token.kind === 'option' && Object.hasOwn(known, token.name)) {
      const allowed = known[token.name] ?? []
      if (!allowed.includes(token.value ?? ''))
        throw refuse(`--${token.name}: expected =${allowed.join(', =')}`)
      given[token.name] = token.value ?? ''
    } else if (token.kind === 'option' && (!switches.includes(token.name) || token.value !== undefined))
      throw refuse(`unknown option "${token.rawName}${token.value === undefined ? '' : `=${token.value}`}"`)
  }
  const [tooMany] = positionals.slice(maxOperands)
  if (tooMany !== undefined) throw refuse(`unexpected argument "${tooMany}"`)
  return {
    switches: new Set(Object.keys(values).filter(name => switches.includes(name))),
    values: given,
    operands: positionals,
  }
}

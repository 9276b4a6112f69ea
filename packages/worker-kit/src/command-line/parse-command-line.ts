import { parseArgs } from 'node:util'
import { UsageError } from './usage-error.ts'

const options = {
  'amqp-url': { type: 'string' },
  'redis-url': { type: 'string' },
  sentinel: { type: 'string' },
  ca: { type: 'string' },
  prefix: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  yes: { type: 'boolean', short: 'y' },
  all: { type: 'boolean' },
  replayed: { type: 'boolean' },
  'older-than': { type: 'string' },
  'reset-attempts': { type: 'boolean' },
  reason: { type: 'string' },
  state: { type: 'string' },
  limit: { type: 'string' },
  offset: { type: 'string' },
} as const
type OptionName = keyof typeof options

/** Options that every command takes. */
const common: readonly OptionName[] = [
  'amqp-url',
  'redis-url',
  'sentinel',
  'ca',
  'prefix',
  'json',
  'help',
  'version',
]

export interface CommandLine {
  command: string
  operands: string[]
  options: Partial<Record<OptionName, string | boolean>>
}

/** What a command takes beside the common options. */
export interface CommandRules {
  options: readonly OptionName[]
  /** How many operands, at least and at most. */
  operands: readonly [number, number]
}

/** @throws {UsageError} that names the first argument that does not fit */
export function parseCommandLine(args: string[], rules: Record<string, CommandRules>): CommandLine {
  const { values, positionals } = parse(args)
  const [command = 'help', ...operands] = positionals
  const asked = values.help ? 'help' : values.version ? 'version' : command
  if (asked === 'help' || asked === 'version') return { command: asked, operands: [], options: values }
  const rule = Object.hasOwn(rules, command) ? rules[command] : undefined
  if (!rule) throw new UsageError(`unknown command "${command}"; worker-kit --help lists the commands`)
  for (const name of Object.keys(values) as OptionName[])
    if (!common.includes(name) && !rule.options.includes(name))
      throw new UsageError(`${command} takes no option --${name}`)
  const [least, most] = rule.operands
  if (operands.length < least)
    throw new UsageError(`${command}: the ${operands.length === 0 ? 'queue' : 'id of a job'} is missing`)
  if (operands.length > most) throw new UsageError(`${command}: unexpected argument "${operands[most]}"`)
  return { command, operands, options: values }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    // Node explains at length how to pass what looks like an option.
    throw new UsageError((error as Error).message.split('. ')[0] as string)
  }
}

/** @throws {UsageError} */
export function readCount(name: OptionName, value: string | boolean | undefined, fallback: number): number {
  if (value === undefined) return fallback
  if (typeof value === 'string' && /^\d{1,9}$/.test(value)) return Number(value)
  throw new UsageError(`--${name}: expected an integer >= 0, got "${value}"`)
}

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** `90s`, `30m`, `12h`, `7d`.
 *  @throws {UsageError} */
export function readDurationMs(name: OptionName, value: string | boolean): number {
  const match = /^(\d{1,9})([smhd])$/.exec(String(value))
  if (!match) throw new UsageError(`--${name}: expected a time such as 90s, 30m, 12h or 7d, got "${value}"`)
  return Number(match[1]) * unitMs[match[2] as keyof typeof unitMs]
}

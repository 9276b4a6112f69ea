import { z } from 'zod'
import { type ConversionOptions, conversionOptions } from './conversion-options.ts'

type OptionName = keyof ConversionOptions

const { shape } = conversionOptions
const optionNames = Object.keys(shape) as OptionName[]

const numbers: readonly string[] = ['bitrate', 'quality', 'sampleRate', 'channels', 'start', 'end']

/** Says what is wrong with an option of an upload. */
export interface OptionFault {
  field: string
  detail: string
}

export type ReadOptions = { options: ConversionOptions; faults?: undefined } | { faults: OptionFault[] }

/** Reads options that came as texts: fields of a form, parameters of a query, metadata of an upload by tus.
 *  @param texts - names and values, as they came; a name may come once */
export function readOptionTexts(texts: ReadonlyArray<readonly [name: string, text: string]>): ReadOptions {
  const repeated = texts.map(([name]) => name).filter((name, at, names) => names.indexOf(name) < at)
  if (repeated.length > 0)
    return { faults: [...new Set(repeated)].map(field => ({ field, detail: 'it was sent more than once' })) }
  const parsed = conversionOptions.safeParse(
    Object.fromEntries(texts.map(([name, text]) => [name, meaningOf(name, text)])),
  )
  if (parsed.success) return { options: parsed.data }
  return { faults: parsed.error.issues.flatMap(describeIssue) }
}

/** Finds an option that no other could make right, so that it can be refused before a large file has come. */
export function findOptionFault(name: string, text: string): OptionFault | undefined {
  const schema = optionNames.includes(name as OptionName) ? shape[name as OptionName] : undefined
  if (!schema) return unknown(name)
  const [issue] = schema.safeParse(meaningOf(name, text)).error?.issues ?? []
  return issue && { field: name, detail: detailOf(issue) }
}

/** What a text stands for; one that stands for nothing is left to the schema. */
function meaningOf(name: string, text: string): unknown {
  if (name === 'normalize' && /^(true|false)$/.test(text)) return text === 'true'
  if (name === 'track' && !/^\d/.test(text)) return text.toLowerCase()
  const isNumber = name === 'track' || numbers.includes(name)
  return isNumber && /^-?\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : text
}

function describeIssue(issue: z.core.$ZodIssue): OptionFault[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(unknown)
  return [{ field: issue.path.join('.'), detail: detailOf(issue) }]
}

function detailOf({ message }: z.core.$ZodIssue): string {
  return message.replace(/^Invalid (input|option): /, '').replace(/, received \w+$/, '')
}

/** Names come from the client: a long one is not repeated as a whole. */
function unknown(name: string): OptionFault {
  return {
    field: name.length > 60 ? `${name.slice(0, 60)}...` : name,
    detail: `there is no such option; the options are ${optionNames.join(', ')}`,
  }
}

/** Parameters of a query for all options, described as what the texts stand for; `readOptionTexts` checks them. */
export const optionParameters = Object.fromEntries(
  optionNames.map(name => [
    name,
    z
      .string()
      .optional()
      .meta({ override: describeAs(shape[name]) }),
  ]),
) as Record<OptionName, z.ZodOptional<z.ZodString>>

function describeAs(schema: z.ZodType) {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io: 'input' })
  return ({ jsonSchema }: { jsonSchema: object }) => {
    for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key)
    Object.assign(jsonSchema, described)
  }
}

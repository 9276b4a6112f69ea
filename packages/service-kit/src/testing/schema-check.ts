import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { OpenapiDocument } from '../openapi/openapi-document.ts'

const id = 'openapi.json'

/** Checks values against the schemas of a document. Members that an answer's schema does not have are faults here, though
 *  clients must ignore them. */
export function createSchemaCheck(document: OpenapiDocument) {
  const strict = refuseUnknownMembers(structuredClone(document)) as OpenapiDocument
  // `strict: false`: a document is no schema as a whole, and has keywords of its own.
  const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true })
  // A module of CommonJS: its types do not know where its default export is.
  ;(addFormats as unknown as typeof addFormats.default)(ajv)
  ajv.addSchema({ ...strict, $id: id }, id)
  return {
    /** The part of the document at a reference. */
    at: (reference: string): unknown =>
      reference
        .slice(2)
        .split('/')
        .map(key => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
        .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], document),
    /** @param pointer - of the schema, such as `#/components/schemas/Problem` */
    json(pointer: string, text: string): string[] {
      const validate = ajv.getSchema(`${id}${encodeURI(pointer)}`)
      if (!validate) throw new Error(`The document has no schema at ${pointer}`)
      try {
        validate(JSON.parse(text))
      } catch {
        return ['the body is no JSON']
      }
      return (validate.errors ?? []).map(describe)
    },
    /** @param schema - of a header */
    text(schema: object | undefined, value: string | undefined): string[] {
      if (!schema || value === undefined) return []
      const isNumber = (schema as { type?: string }).type === 'integer'
      ajv.validate(schema, isNumber ? Number(value) : value)
      return (ajv.errors ?? []).map(describe)
    },
  }
}

function describe({ instancePath, message, params, data }: ErrorObject): string {
  const value = JSON.stringify(data)?.slice(0, 100)
  return `${instancePath || 'the value'} ${message} ${JSON.stringify(params)}, and is ${value}`
}

/** A problem has more members than all problems have in common, and an `allOf` has those of its parts. */
function refuseUnknownMembers(value: unknown, key = ''): unknown {
  if (typeof value !== 'object' || value === null || key === 'Problem' || key === 'allOf') return value
  for (const [name, part] of Object.entries(value)) refuseUnknownMembers(part, name)
  const schema = value as Record<string, unknown>
  if (schema.type === 'object' && schema.properties) schema.additionalProperties ??= false
  return value
}

import type { oas31 } from 'zod-openapi'
import type { OpenapiDocument } from '../openapi/openapi-document.ts'

export interface FoundPath {
  /** Template of the path. */
  template: string
  /** Method that the document has, in lower case: `HEAD` is served by `get` unless it has an operation of its own. */
  verb: string
  /** `undefined` when the path takes no such method. */
  operation: oas31.OperationObject | undefined
}

/** Looks for the operation of a request: a path without parameters wins over a template.
 *  @returns `undefined` when the document has no such path */
export function createOperationFinder(document: OpenapiDocument) {
  const templates = Object.entries(document.paths ?? {})
    .map(([template, item]) => ({ template, item, pattern: patternOf(template) }))
    .toSorted((a, b) => parametersOf(a.template) - parametersOf(b.template))
  return (method: string, path: string): FoundPath | undefined => {
    const found = templates.find(({ pattern }) => pattern.test(path))
    if (!found) return undefined
    const operations = found.item as Record<string, oas31.OperationObject | undefined>
    const verb = method.toLowerCase()
    const served = verb === 'head' && !operations.head ? 'get' : verb
    return { template: found.template, verb: served, operation: operations[served] }
  }
}

function patternOf(template: string): RegExp {
  const source = template
    .split(/\{\w+\}/)
    .map(text => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]+')
  return new RegExp(`^${source}/?$`, 'i')
}

function parametersOf(template: string): number {
  return template.split('{').length
}

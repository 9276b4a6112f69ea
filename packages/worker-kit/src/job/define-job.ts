import type { StandardSchemaV1 } from '@standard-schema/spec'
import {
  expectedGot,
  findFaults,
  integer,
  isFunction,
  isObject,
  isText,
  milliseconds,
  type OptionRules,
  optional,
  refuseFaults,
  required,
} from '../check-options.ts'
import { backoffFaults, type RetryPolicy } from './retry-policy.ts'

/** What producer and worker agree on about one type of job. Its queue bears the same name. */
export interface JobDefinition<Input = unknown, Output = Input, Result = unknown> {
  /** Name of the job type and of its queue. No `:`, not empty. */
  readonly name: string
  /** Checks a payload when it is added and again before a handler sees it. */
  readonly input: StandardSchemaV1<Input, Output>
  /** How often a job is tried at most. Integer >= 1. @default 1 */
  readonly attempts: number
  /** How long to wait between attempts. @default none: a failed attempt is retried at once. */
  readonly backoff?: RetryPolicy
  /** Longest run of one attempt, in milliseconds; then its signal aborts and the attempt fails.
   *  Integer from 1 to 2,147,483,647, which is 24.8 days. @default none */
  readonly timeoutMs?: number
  /** Only carries the handler's result type; never set. */
  readonly result?: Result
}

export type JobDefinitionOptions<Input, Output> = Pick<
  JobDefinition<Input, Output>,
  'name' | 'input' | 'backoff' | 'timeoutMs'
> & { attempts?: number }

/** Declares a job type, once, for its producers and its workers.
 *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` naming every option that is out of range. */
export function defineJob<Input, Output, Result = unknown>(
  options: JobDefinitionOptions<Input, Output>,
): JobDefinition<Input, Output, Result> {
  refuseFaults(`Job "${options?.name}"`, faultsOf(options))
  return Object.freeze({ ...options, attempts: options.attempts ?? 1 })
}

const rules: OptionRules<keyof JobDefinitionOptions<unknown, unknown>> = {
  name: required('a text without ":", not empty', name => isText(name) && !name.includes(':')),
  input: required('a Standard Schema', isSchema),
  attempts: integer(1),
  timeoutMs: milliseconds(1),
  backoff: optional('an object with type and delayMs', isObject),
}

function faultsOf(options: unknown): string[] {
  const { backoff }: { backoff?: unknown } = isObject(options) ? options : {}
  return [...findFaults(options, rules), ...(isObject(backoff) ? backoffFaults(backoff) : [])]
}

/** What keeps a value from being a definition that `defineJob` has made. */
export function definitionFaults(value: unknown): string[] {
  if (nameFaults(value).length === 0 && isSchema((value as { input?: unknown }).input)) return []
  return [`definition: ${expectedGot('what defineJob gives', value)}`]
}

/** The same, where a definition's name is enough. */
export function nameFaults(value: unknown): string[] {
  if (isObject(value) && isText((value as { name?: unknown }).name)) return []
  return [`definition: ${expectedGot('what defineJob gives, or an object with its name', value)}`]
}

/** zod's schemas are objects, ArkType's are functions. */
function isSchema(value: unknown): boolean {
  return (isObject(value) || isFunction(value)) && '~standard' in (value as object)
}

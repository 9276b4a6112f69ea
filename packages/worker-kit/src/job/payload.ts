import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { JobDefinition } from './define-job.ts'

export type PayloadCheck<Output> = { value: Output } | { fault: string }

/** Checks a payload by its definition's schema; the fault names every field that does not fit. */
export async function checkPayload<Input, Output>(
  definition: JobDefinition<Input, Output>,
  data: unknown,
): Promise<PayloadCheck<Output>> {
  const result = await definition.input['~standard'].validate(data)
  return result.issues ? { fault: result.issues.map(describeIssue).join('; ') } : { value: result.value }
}

function describeIssue({ path, message }: StandardSchemaV1.Issue): string {
  const keys = path?.map(part => String(typeof part === 'object' ? part.key : part)) ?? []
  return keys.length > 0 ? `${keys.join('.')}: ${message}` : message
}

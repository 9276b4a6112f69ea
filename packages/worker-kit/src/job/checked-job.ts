import type { JobsOptions } from 'bullmq'
import { WorkerKitError } from '../errors.ts'
import type { JobDefinition } from './define-job.ts'
import { givenOptions, jobOptionFaults, jobOptions } from './job-options.ts'
import { checkPayload } from './payload.ts'
import { invalidOptions, type WantedJob } from './wanted-job.ts'

/** A job of a definition, with the definition's options where the caller gives none.
 *  @throws {WorkerKitError} `ERR_INVALID_PAYLOAD`, `ERR_INVALID_OPTIONS` */
export async function checkedJob<Input, Output>(
  definition: JobDefinition<Input, Output>,
  data: Input,
  options: JobsOptions,
): Promise<WantedJob> {
  const { name } = definition
  const check = await checkPayload(definition, data)
  if ('fault' in check)
    throw new WorkerKitError('ERR_INVALID_PAYLOAD', `Job "${name}" was not added: ${check.fault}`)
  const faults = jobOptionFaults(options)
  if (faults.length > 0) throw invalidOptions(name, faults.join('; '))
  return { name, data, options: { ...jobOptions(definition), ...givenOptions(options) } }
}

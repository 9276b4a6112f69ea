export { defineJob, type JobDefinition, type JobDefinitionOptions } from './define-job.ts'
export { type RetryPolicy, retryDelayMs } from './retry-policy.ts'

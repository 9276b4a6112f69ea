import { UnrecoverableError } from '@jackalope/worker-kit'
import { ConverterError } from '../converter-error.ts'

/** Turns permanent failures into `UnrecoverableError`, which fails the job without further attempts. */
export function failForGood<Job, Result>(
  handler: (job: Job) => Promise<Result>,
): (job: Job) => Promise<Result> {
  return async job => {
    try {
      return await handler(job)
    } catch (error) {
      throw error instanceof ConverterError && error.isPermanent
        ? new UnrecoverableError(error.message)
        : error
    }
  }
}

import { UnrecoverableError } from '@jackalope/worker-kit'
import { NotifierError } from '../notifier-error.ts'

/** Turns permanent failures into `UnrecoverableError`, which fails the job without further attempts. */
export async function failForGood<Result>(send: () => Promise<Result>): Promise<Result> {
  try {
    return await send()
  } catch (error) {
    if (!(error instanceof NotifierError && error.permanent)) throw error
    throw Object.assign(new UnrecoverableError(error.message), { cause: error })
  }
}

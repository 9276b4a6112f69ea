import { isSignedOut, problemOf } from '../problems/problem.ts'
import { user } from './session.ts'

/** Has the page know that nobody is signed in, when a request has failed for that: views that need somebody lead to the
 *  sign-in then, and back. */
export function noteSignedOut(error: unknown): boolean {
  const is = isSignedOut(problemOf(error))
  if (is) user.value = null
  return is
}

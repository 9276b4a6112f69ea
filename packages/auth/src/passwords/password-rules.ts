import { problem } from '@jackalope/service-kit'
import { fieldsInvalid } from '@jackalope/service-kit/endpoint'
import type { BreachedPasswords } from './breached-passwords.ts'
import { isCommonPassword } from './common-passwords.ts'
import { isExpectedPassword } from './expected-password.ts'

export interface PasswordContext {
  /** The user's mail address. */
  email: string
  /** Name of the body's member that holds the password, for the answer. @default password */
  field?: string
}

/** Rules of new passwords by NIST SP 800-63B, section 5.1.1.2: length (in the contract), and none that is common,
 *  expected or known from breaches. There are no rules of composition. */
export interface PasswordRules {
  /** @throws {HttpProblem} 422 with the reason, and what to do */
  check(password: string, context: PasswordContext): Promise<void>
}

/** @param breached - asks for passwords known from breaches. @default nobody is asked */
export function createPasswordRules(breached?: BreachedPasswords): PasswordRules {
  return {
    async check(password, { email, field = 'password' }) {
      if (isExpectedPassword(password, email))
        throw refused(
          field,
          'is too easy to guess: it is little more than your address, our name or one character',
        )
      if (isCommonPassword(password)) throw refused(field, 'is one of the most common passwords')
      if (await breached?.includes(password))
        throw refused(field, 'is known from a data breach of another service')
    },
  }
}

function refused(field: string, reason: string) {
  const detail = `${reason}. Choose another one, such as four words that do not belong together.`
  return problem(fieldsInvalid, {
    detail: `${field}: ${detail}`,
    extensions: { errors: [{ field, detail }] },
  })
}

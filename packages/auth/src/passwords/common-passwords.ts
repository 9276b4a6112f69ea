import { dictionary } from '@zxcvbn-ts/language-common'

const passwords: ReadonlySet<string> = new Set(dictionary['passwords-common'])

/** Shortest word of the list that counts when digits and signs are put around it. */
const minWordLength = 4

/** Whether a password is in the list of the most common ones, in upper or lower case, or is one of them with digits and
 *  signs around it: `Password-2026!`.
 *  @param password - of at most a few hundred characters */
export function isCommonPassword(password: string): boolean {
  const lower = password.toLowerCase()
  if (passwords.has(lower)) return true
  const word = lower.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}]+$/u, '')
  return word.length >= minWordLength && passwords.has(word)
}

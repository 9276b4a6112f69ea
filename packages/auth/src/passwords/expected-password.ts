/** Words that stand for the service. */
const serviceWords = ['jackalope']

/** Shortest part of an address that is looked for. */
const minPartLength = 3
/** How many letters and digits must be left besides what is expected. */
const minRemaining = 6
/** Fewest different characters: `aaaaaaaaaa` and `1212121212` have less. */
const minDifferent = 4
/** Longest run of neighbours, such as `abcdefghij` or `9876543210`. */
const sequences = ['abcdefghijklmnopqrstuvwxyz', '01234567890']

/** Whether a guesser would expect a password of this user: little more than his address or our name, few different
 *  characters, or a sequence.
 *  @param password - of at most a few hundred characters */
export function isExpectedPassword(password: string, email: string): boolean {
  const lower = password.toLowerCase()
  if (new Set(lower).size < minDifferent || isSequence(lower)) return true
  return leftOf(lower, [email.toLowerCase(), ...partsOf(email), ...serviceWords]) < minRemaining
}

function partsOf(email: string): string[] {
  return email
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(part => part.length >= minPartLength)
}

/** How many letters and digits are left when the words are taken out, long ones first. */
function leftOf(text: string, words: readonly string[]): number {
  const longestFirst = words.toSorted((a, b) => b.length - a.length)
  const rest = longestFirst.reduce((left, word) => left.replaceAll(word, ' '), text)
  return rest.replace(/[^\p{L}\p{N}]/gu, '').length
}

function isSequence(text: string): boolean {
  const reversed = [...text].reverse().join('')
  return sequences.some(sequence => sequence.includes(text) || sequence.includes(reversed))
}

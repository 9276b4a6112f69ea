/** What stands in place of a secret. */
const hidden = '[hidden]'

/** Longest text that is shown, in characters. */
const maxText = 8_000

const mailAddress = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z\d](?:[A-Za-z\d.-]{0,252}[A-Za-z\d])?/g
/** API keys and session secrets of ours, and access tokens. */
const tokens = /\b(?:jackalope_|jp[a-z]_)[\w-]{16,}|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g
const urlPassword = /(\b[a-z][a-z\d+.-]{1,20}:\/\/[^\s:@/]{0,100}:)[^\s@/]{1,300}@/gi
const secretParameter = /([?&](?:token|signature|key|secret|code)=)[^&\s"']{1,2000}/gi
const secretName = /authorization|cookie|password|passwd|secret|token|api_?key|e-?mail|signature/i

/** A text without mail addresses, tokens and passwords: errors of servers repeat what they were sent. */
export function hidePrivateText(text: string): string {
  return text
    .slice(0, maxText)
    .replace(urlPassword, `$1${hidden}@`)
    .replace(mailAddress, hidden)
    .replace(tokens, hidden)
    .replace(secretParameter, `$1${hidden}`)
}

/** JSON data without them, whatever they are called. Ours have none: jobs carry ids. But a queue can hold what somebody else
 *  put there. */
export function hidePrivate(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return hidePrivateText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > 8) return hidden
  if (Array.isArray(value)) return value.slice(0, 100).map(each => hidePrivate(each, depth + 1))
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, 100)
      .map(([name, each]) => [name, isSecret(name, each) ? hidden : hidePrivate(each, depth + 1)]),
  )
}

function isSecret(name: string, value: unknown): boolean {
  return secretName.test(name) && (typeof value === 'string' || typeof value === 'object')
}

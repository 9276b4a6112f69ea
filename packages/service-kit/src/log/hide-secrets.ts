const urlPassword = /([a-z][a-z\d+.-]*:\/\/[^\s:@/?#"'\\]*:)[^\s@/"'\\]+@/gi

const tellingName =
  '[^"\\\\]{0,40}(?:authorization|cookie|password|passwd|secret|token|api_?key)[^"\\\\]{0,40}'
const jsonString = '"(?:[^"\\\\]|\\\\.)*"'
const secretMember = new RegExp(`("${tellingName}":)(?:${jsonString}|\\[(?:${jsonString},?)*\\])`, 'gi')

/** Hides the password in every URL within a text: `amqp://me:pw@host` becomes `amqp://me:***@host`. */
export function hideUrlPasswords(text: string): string {
  return text.replace(urlPassword, '$1***@')
}

/** Hides, in a line of JSON, texts under telling names (`password`, `authorization`, `accessToken`, ...) at any
 *  depth, and the passwords of URLs. Numbers and flags stay, as in `"tokensLeft":3`.
 *
 *  It looks at the finished line, so that it sees all there is: children's fields, errors and what hangs on them. */
export function hideSecrets(line: string): string {
  return hideUrlPasswords(line.replace(secretMember, '$1"[redacted]"'))
}

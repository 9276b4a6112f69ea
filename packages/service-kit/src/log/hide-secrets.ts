const urlPassword = /([a-z][a-z\d+.-]*:\/\/[^\s:@/?#"'\\]*:)[^\s@/"'\\]+@/gi

const tellingName =
  '[^"\\\\]{0,40}(?:authorization|cookie|password|passwd|secret|token|api_?key)[^"\\\\]{0,40}'
const jsonString = '"(?:[^"\\\\]|\\\\.)*"'
const secretMember = new RegExp(`("${tellingName}":)(?:${jsonString}|\\[(?:${jsonString},?)*\\])`, 'gi')

/** Hides the password in every URL within a text: `amqp://me:pw@host` becomes `amqp://me:***@host`. */
export function hideUrlPasswords(text: string): string {
  return text.replace(urlPassword, '$1***@')
}

/** Hides secrets in a line of JSON: strings under names such as `password`, `authorization` or `accessToken` at any
 *  depth, and passwords in URLs. Numbers and booleans stay, as in `"tokensLeft":3`.
 *
 *  It works on the finished line, which includes the fields of child loggers and the properties of errors. */
export function hideSecrets(line: string): string {
  return hideUrlPasswords(line.replace(secretMember, '$1"[redacted]"'))
}

/** Whether the text is exactly one address, `local@domain`. Stricter than RFC 5322 about what stands before the @ (no
 *  quotes, ASCII alone), so that no mail program reads it as two; content with `localhost` after it. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d.-]*[a-z\d])?$/i.test(text)
}

const lasting =
  /^(x-request-id|vary|access-control-.*|ratelimit.*|content-security-policy|cross-origin-.*|permissions-policy|referrer-policy|strict-transport-security|x-content-type-options|x-frame-options)$/

/** Whether a header belongs to every answer of the service, rather than to the content of one.
 *  @param name - in lower case */
export function isOfEveryAnswer(name: string): boolean {
  return lasting.test(name)
}

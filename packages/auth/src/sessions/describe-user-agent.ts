import Bowser from 'bowser'

/** A client in few words, such as `Firefox on Windows` or `curl`; `undefined` if its name is not recognized.
 *  @param userAgent - a `User-Agent` of at most a few hundred characters */
export function describeUserAgent(userAgent: string): string | undefined {
  if (userAgent === '') return undefined
  const { browser, os } = Bowser.parse(userAgent)
  if (browser.name) return os.name ? `${browser.name} on ${os.name}` : browser.name
  // Programs name themselves first: `curl/8.5.0`.
  return /^[A-Za-z][\w.-]{0,40}(?=\/|$)/.exec(userAgent)?.[0]
}

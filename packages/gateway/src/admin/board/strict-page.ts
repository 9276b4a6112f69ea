/** What a browser may do with the board: nothing from elsewhere, no script within the page, and no style but the board's own.
 *  `base-uri` is the board's: its addresses are relative.
 *  @param styles - sources of the styles that it puts into the page */
export function boardPolicy(styles: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    ["style-src 'self'", ...styles].join(' '),
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** The board's page without what the policy forbids: typefaces of another host, and styles within the page, which only
 *  decorate the moment until the script has run. */
export function strictPage(html: string): string {
  return html
    .replaceAll(/<link\b[^>]*\bhref="https?:[^>]*>/g, '')
    .replace(/<div id="root">.*?<\/style>\s*<\/div>/s, '<div id="root"></div>')
}

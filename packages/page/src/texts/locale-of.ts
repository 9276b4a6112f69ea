/** The first of a reader's languages that is a kind of the page's language; else that itself.
 *  @param wanted - such as `navigator.languages` */
export function localeOf(language: string, wanted: readonly string[]): string {
  return wanted.find(tag => tag.toLowerCase().split('-')[0] === language) ?? language
}

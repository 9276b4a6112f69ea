/** Languages of the page, the default first. */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** The first language that the page has of those that a reader wants.
 *  @param wanted - in the order of the reader's liking, such as `navigator.languages` */
export function chooseLanguage(wanted: readonly string[]): Language {
  const codes = wanted.map(tag => tag.toLowerCase().split('-')[0])
  return languages.find(language => language === codes.find(code => isLanguage(code))) ?? 'en'
}

export function isLanguage(value: unknown): value is Language {
  return languages.includes(value as Language)
}

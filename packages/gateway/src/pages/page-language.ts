import type { Context } from 'koa'
import { de } from './texts/de.ts'
import { en, type PageTexts } from './texts/en.ts'

const texts = { en, de }
export type PageLanguage = keyof typeof texts

/** The language of a page, by what the browser asks for. @default English */
export function languageOf(ctx: Context): PageLanguage {
  return (ctx.acceptsLanguages('en', 'de') || 'en') as PageLanguage
}

export function textsOf(language: PageLanguage): PageTexts {
  return texts[language]
}

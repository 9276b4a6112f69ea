import type { Language } from '@jackalope/contracts'
import de from './languages/de.json' with { type: 'json' }
import en from './languages/en.json' with { type: 'json' }

/** All that mails say in one language. English is the model: a language that lacks a text of it does not compile. */
export type MailTexts = typeof en

/** The texts by language. A new language is a file here, and its code in contracts. */
const texts: Readonly<Record<Language, MailTexts>> = { en, de }

/** The texts in a language. @default English */
export function textsIn(language: Language = 'en'): MailTexts {
  return texts[language]
}

/** Puts values into a text: `{site}` is the value of `site`. A value is never looked at for more. */
export function fill(text: string, values: Readonly<Record<string, string>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] as string) : whole,
  )
}

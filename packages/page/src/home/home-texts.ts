import { home as de } from '../texts/de/home.ts'
import { home as en } from '../texts/en/home.ts'
import { inLanguage } from '../texts/language.ts'

export const homeTexts = inLanguage({ en, de })

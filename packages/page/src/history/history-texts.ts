import { history as de } from '../texts/de/history.ts'
import { history as en } from '../texts/en/history.ts'
import { inLanguage } from '../texts/language.ts'

export const historyTexts = inLanguage({ en, de })

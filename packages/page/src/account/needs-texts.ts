import { needs as de } from '../texts/de/account.ts'
import { needs as en } from '../texts/en/account.ts'
import { inLanguage } from '../texts/language.ts'

export const needsTexts = inLanguage({ en, de })

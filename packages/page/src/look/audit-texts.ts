import { audit as de } from '../texts/de/audit.ts'
import { audit as en } from '../texts/en/audit.ts'
import { inLanguage } from '../texts/language.ts'

export const auditTexts = inLanguage({ en, de })

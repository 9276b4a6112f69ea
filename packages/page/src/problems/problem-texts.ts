import { problems as de } from '../texts/de/problems.ts'
import { problems as en } from '../texts/en/problems.ts'
import { inLanguage } from '../texts/language.ts'

export const problemTexts = inLanguage({ en, de })

import { form as de } from '../texts/de/form.ts'
import { form as en } from '../texts/en/form.ts'
import { inLanguage } from '../texts/language.ts'

export const formTexts = inLanguage({ en, de })

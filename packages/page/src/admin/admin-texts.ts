import * as de from '../texts/de/admin.ts'
import * as en from '../texts/en/admin.ts'
import { inLanguage } from '../texts/language.ts'

export const adminTexts = inLanguage<typeof en>({ en, de })

import * as de from '../texts/de/settings.ts'
import * as en from '../texts/en/settings.ts'
import { inLanguage } from '../texts/language.ts'

export const settingsTexts = inLanguage<typeof en>({ en, de })

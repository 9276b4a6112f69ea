import { frame as de } from '../texts/de/frame.ts'
import { frame as en } from '../texts/en/frame.ts'
import { inLanguage } from '../texts/language.ts'

export const frameTexts = inLanguage({ en, de })

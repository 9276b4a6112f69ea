import { files as de } from '../texts/de/files.ts'
import { files as en } from '../texts/en/files.ts'
import { inLanguage } from '../texts/language.ts'

export const fileTexts = inLanguage({ en, de })
export type FileTexts = typeof en

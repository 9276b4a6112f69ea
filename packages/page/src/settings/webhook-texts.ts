import * as de from '../texts/de/webhooks.ts'
import * as en from '../texts/en/webhooks.ts'
import { inLanguage } from '../texts/language.ts'

export const webhookTexts = inLanguage<typeof en>({ en, de })

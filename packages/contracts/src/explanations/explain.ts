import type { Language } from '../notices.ts'
import { type ExplanationCode, type ExplanationTexts, explanationParams, type ParamsOf } from './codes.ts'
import { de } from './de.ts'
import { en } from './en.ts'

/** Something that the owner of a file, or of a webhook, is told, as data: it has a text in each language. One of a later version may have a code that
 *  is not known here. */
export interface Explanation {
  code: string
  params: Readonly<Record<string, string | number>>
}

/** An explanation with its text in English, which is the language of the API. */
export interface Explained {
  text: string
  explanation: Explanation
}

/** Texts by language. A new language is a file here, and its code in `notices.ts`. */
const texts: Readonly<Record<Language, ExplanationTexts>> = { en, de }

/** Explains something to its owner. */
export function explained<Code extends ExplanationCode>(code: Code, params: ParamsOf<Code>): Explained {
  const text = writerOf(code, 'en')(params as Explanation['params'])
  const given = Object.entries<string | number | undefined>(params)
  // JSON has no infinite numbers.
  const kept = given.filter(([, value]) => typeof value === 'string' || Number.isFinite(value))
  return { text, explanation: { code, params: Object.fromEntries(kept) as Explanation['params'] } }
}

/** The text of an explanation, one sentence or several; `undefined` if its code is unknown, or its parameters do not fit: then the text
 *  that was stored with it stands. Names in it are strangers' texts.
 *  @param language - @default en */
export function textOf({ code, params }: Explanation, language: Language = 'en'): string | undefined {
  return isKnown(code) && fits(code, params) ? writerOf(code, language)(params) : undefined
}

function writerOf(code: ExplanationCode, language: Language): (params: Explanation['params']) => string {
  return texts[language][code] as (params: Explanation['params']) => string
}

function isKnown(code: string): code is ExplanationCode {
  return Object.hasOwn(explanationParams, code)
}

function fits(code: ExplanationCode, params: Explanation['params']): boolean {
  return Object.entries<string>(explanationParams[code]).every(([name, kind]) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined
    if (value === undefined) return kind.endsWith('?')
    return kind.startsWith('number') ? Number.isFinite(value) : typeof value === 'string'
  })
}

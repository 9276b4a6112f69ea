import { computed, signal } from '@preact/signals'
import { readPreference, writePreference } from '../app/preferences.ts'
import { chooseLanguage, isLanguage, type Language } from './choose-language.ts'

const kept = readPreference('language')

const chosen = signal<Language>(
  isLanguage(kept) ? kept : chooseLanguage(globalThis.navigator?.languages ?? []),
)

/** The reader's language. A component that reads it, or a text, is rendered anew when it changes. */
export const language = computed(() => chosen.value)

export function setLanguage(next: Language): void {
  chosen.value = next
  writePreference('language', next)
}

/** Gives the texts of the reader's language: `const texts = inLanguage({ en, de })`, then `texts().title` in a component.
 *  The English texts say which ones there are. */
export function inLanguage<Texts>(texts: Record<'en', Texts> & Record<'de', NoInfer<Texts>>): () => Texts {
  return () => texts[chosen.value]
}

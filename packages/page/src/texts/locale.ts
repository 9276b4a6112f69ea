import { computed } from '@preact/signals'
import { language } from './language.ts'
import { localeOf } from './locale-of.ts'

/** For numbers and times: the reader's language as his region writes it, such as `en-GB`. */
export const locale = computed(() => localeOf(language.value, globalThis.navigator?.languages ?? []))

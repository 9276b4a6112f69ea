import { signal } from '@preact/signals'

/** What stands before the title of the window, such as `40 % · `; empty when nothing runs. */
export const titleNote = signal('')

import { signal } from '@preact/signals'

/** What somebody is told at the start who has just deleted his account; `undefined` for all others. */
export const farewell = signal<string | undefined>(undefined)

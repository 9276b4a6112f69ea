import type { Answer } from '../api/answer.ts'

/** The account of whoever is signed in. */
export type OwnAccount = Answer<'getAccount'>

import type { Answer } from '../api/answer.ts'

/** A queue with its jobs, its messages and its workers. */
export type Queue = Answer<'listQueues'>['queues'][number]

/** What is stored, and what the upkeep did. */
export type StorageState = Answer<'getStorage'>

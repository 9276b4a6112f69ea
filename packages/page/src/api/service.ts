import { signal } from '@preact/signals'
import { request } from './request.ts'

/** What the service takes, and how long it keeps it. */
export interface Service {
  /** Largest file, in bytes. */
  maxUploadBytes: number
  /** In seconds; 0 is for ever. */
  retention: { sourceSeconds: number; audioSeconds: number; jobSeconds: number }
  /** Whether anybody may sign up. */
  registration: boolean
  /** Whether the service sends mail. */
  mail: boolean
  /** What is allowed without an account; `null` for nothing. */
  guests: { maxUploadBytes: number; keptSeconds: number; maxOpenJobs: number } | null
}

/** `undefined` until it is known. */
export const service = signal<Service | undefined>(undefined)

/** @throws {ApiError} */
export async function loadService(): Promise<void> {
  service.value = await request<Service>('GET', '/service')
}

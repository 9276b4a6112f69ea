import type { components } from '@jackalope/api-client/client'
import { signal } from '@preact/signals'
import { request } from './request.ts'

/** What the service takes, and how long it keeps it. */
export type Service = components['schemas']['ServiceInfo']

/** `undefined` until it is known. */
export const service = signal<Service | undefined>(undefined)

/** @throws {ApiError} */
export async function loadService(): Promise<void> {
  service.value = await request<Service>('GET', '/service')
}

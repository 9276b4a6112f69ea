import type { components } from '@jackalope/api-client/client'
import { computed, signal } from '@preact/signals'
import { request } from './request.ts'

/** Whoever is signed in. */
export type User = components['schemas']['SessionUser']

/** `undefined` until it is known, `null` when nobody is signed in. */
export const user = signal<User | null | undefined>(undefined)

/** Whether the user may see how the service runs. */
export const isAdmin = computed(() => user.value?.roles.includes('admin') ?? false)

/** Asks whether somebody is signed in. A gateway that does not answer leaves what was known.
 *  @throws {ApiError} */
export async function refreshSession(): Promise<void> {
  const { user: found } = await request<{ user: User | null }>('GET', '/session')
  user.value = found
}

/** @throws {ApiError} as `POST /login` */
export async function signIn(credentials: { email: string; password: string }): Promise<void> {
  const { user: found } = await request<{ user: User }>('POST', '/session', credentials)
  user.value = found
}

/** Begins to use the service without an account, where its operator allows that.
 *  @throws {ApiError} */
export async function enterAsGuest(): Promise<void> {
  const { user: found } = await request<{ user: User }>('POST', '/session/guest')
  user.value = found
}

/** @throws {ApiError} */
export async function signOut(): Promise<void> {
  await request('DELETE', '/session')
  user.value = null
}

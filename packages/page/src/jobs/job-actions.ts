import { api, dataOf } from '../api/client.ts'
import { forgetJob, loadJob, putJob } from './jobs.ts'

const of = (id: string) => ({ params: { path: { id } } })

/** @throws {ApiError} */
export async function cancelJob(id: string): Promise<void> {
  putJob(await dataOf(api.POST('/jobs/{id}/cancel', of(id))))
}

/** @throws {ApiError} */
export async function retryJob(id: string): Promise<void> {
  putJob(await dataOf(api.POST('/jobs/{id}/retry', of(id))))
}

/** @throws {ApiError} */
export async function deleteJob(id: string): Promise<void> {
  await dataOf(api.DELETE('/jobs/{id}', of(id)))
  forgetJob(id)
}

/** How long a copied link works, in seconds: a week, the longest that the service allows. */
export const linkLifetimeSeconds = 7 * 86_400

/** A link to the audio that works without signing in.
 *  @throws {ApiError} */
export async function createLink(id: string): Promise<string> {
  const { url } = await dataOf(
    api.POST('/jobs/{id}/audio/link', { ...of(id), body: { lifetimeSeconds: linkLifetimeSeconds } }),
  )
  return url
}

/** Address of a job's audio, for this browser. */
export function audioAddress(id: string, { inline = false } = {}): string {
  return `/jobs/${id}/audio${inline ? '?inline=1' : ''}`
}

/** Most jobs of one archive. */
export const maxArchived = 100

export function archiveAddress(ids: readonly string[]): string {
  return `/downloads/zip?${new URLSearchParams(ids.slice(0, maxArchived).map(id => ['job', id]))}`
}

export { loadJob }

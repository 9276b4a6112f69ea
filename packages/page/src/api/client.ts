import { createClient } from '@jackalope/api-client/client'

/** The API, typed by its document: `await dataOf(api.GET('/jobs/{id}', { params: { path: { id } } }))`. The session is a cookie,
 *  which the browser adds. */
export const api = createClient({ baseUrl: globalThis.location?.origin ?? 'http://localhost' })

export { ApiError } from '@jackalope/api-client/api-error'
export { dataOf } from '@jackalope/api-client/client'

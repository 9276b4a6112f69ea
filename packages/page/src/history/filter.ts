/** States that the history can be narrowed to. */
export const filterStates = [
  'waiting',
  'active',
  'delayed',
  'completed',
  'failed',
  'canceled',
  'expired',
] as const
export type FilterState = (typeof filterStates)[number]

/** What the history shows. */
export interface Filter {
  /** Words of the file name; empty for all. */
  search: string
  state?: FilterState | undefined
}

/** Longest search, in characters. */
export const maxSearchLength = 100

/** Files of a page of the list. */
const pageLength = 30

/** Reads the filter of an address; what is none is left out. */
export function readFilter(query: Readonly<Record<string, string | undefined>>): Filter {
  const state = filterStates.find(each => each === query.state)
  return { search: (query.search ?? '').trim().slice(0, maxSearchLength), state }
}

/** Address of the history with a filter: it can be kept, sent, and gone back to. */
export function filterAddress(filter: Filter): string {
  const query = paramsOf(filter).toString()
  return query === '' ? '/history' : `/history?${query}`
}

/** Path of the list at the service. */
export function listPath(filter: Filter): string {
  const params = paramsOf(filter)
  params.set('limit', String(pageLength))
  return `/jobs?${params}`
}

export function isFiltered({ search, state }: Filter): boolean {
  return search !== '' || state !== undefined
}

function paramsOf({ search, state }: Filter): URLSearchParams {
  return new URLSearchParams({ ...(search && { search }), ...(state && { state }) })
}

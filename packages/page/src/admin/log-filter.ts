/** Filters of the audit log, as they stand in the address of the view. Empty ones are left out. */
export interface LogFilter {
  action?: string
  userId?: string
  actorId?: string
  clientAddress?: string
  /** Times of the reader's zone, such as `2026-11-30T08:00`. */
  from?: string
  to?: string
}

const names = ['action', 'userId', 'actorId', 'clientAddress', 'from', 'to'] as const

/** The filters that an address of the view bears. */
export function filterOf(query: Record<string, string | undefined>): LogFilter {
  return Object.fromEntries(names.flatMap(name => (query[name] ? [[name, query[name].trim()]] : [])))
}

/** Address of the view with some filters. */
export function viewPath(filter: LogFilter): string {
  const query = new URLSearchParams(filterOf({ ...filter }) as Record<string, string>)
  return query.size > 0 ? `/admin/log?${query}` : '/admin/log'
}

/** Path and query of the API for some filters. A time that is none is left out: the form says so. */
export function logPath(filter: LogFilter): string {
  const query = new URLSearchParams({ limit: '50' })
  for (const [name, value] of Object.entries(filterOf({ ...filter }))) {
    const text = name === 'from' || name === 'to' ? instantOf(String(value)) : String(value)
    if (text !== undefined) query.set(name, text)
  }
  return `/admin/audit?${query}`
}

function instantOf(local: string): string | undefined {
  const date = new Date(local)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

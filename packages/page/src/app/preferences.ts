const prefix = 'jackalope-'

/** What the reader chose, kept in the browser; `undefined` where nothing is kept, or nothing may be. */
export function readPreference(name: string): string | undefined {
  try {
    return localStorage.getItem(prefix + name) ?? undefined
  } catch {
    return undefined
  }
}

/** Keeps a choice; without storage it holds until the page is left. */
export function writePreference(name: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(prefix + name)
    else localStorage.setItem(prefix + name, value)
  } catch {}
}

const mark = 'jackalope-reloaded-at'

/** Least time between two such reloads, in milliseconds. */
const leastMs = 60_000

/** Loads the page anew when one of its parts is gone: a newer version has taken the place of the one that is open. */
export function reloadWhenReplaced(): void {
  addEventListener('vite:preloadError', event => {
    try {
      const last = Number(sessionStorage.getItem(mark) ?? 0)
      if (Date.now() - last < leastMs) return
      sessionStorage.setItem(mark, String(Date.now()))
    } catch {
      return
    }
    event.preventDefault()
    location.reload()
  })
}

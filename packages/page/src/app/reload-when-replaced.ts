const mark = 'jackalope-reloaded-at'

/** Least time between two such reloads, in milliseconds. */
const leastMs = 60_000

/** Longest wait for the page as the service has it now, in milliseconds. */
const timeoutMs = 10_000

/** Loads the page anew when one of its parts cannot be loaded since a newer version has taken the place of the one that is
 *  open. It stays open while the connection is lost: a reload would end in an error of the browser. */
export function reloadWhenReplaced(): void {
  addEventListener('vite:preloadError', async () => {
    if ((await isReplaced()) && mayReload()) location.reload()
  })
}

/** Whether the service has another version of the page: each version has a script of its own. */
async function isReplaced(): Promise<boolean> {
  const script = document.querySelector('script[type="module"]')?.getAttribute('src')
  try {
    const answer = await fetch('/', {
      cache: 'no-store',
      headers: { Accept: 'text/html' },
      signal: AbortSignal.timeout(timeoutMs),
    })
    return answer.ok && script != null && !(await answer.text()).includes(script)
  } catch {
    return false
  }
}

/** Not twice in a row: while gateways of both versions answer, the next part may be missing as well. */
function mayReload(): boolean {
  try {
    const last = Number(sessionStorage.getItem(mark) ?? 0)
    if (Date.now() - last < leastMs) return false
    sessionStorage.setItem(mark, String(Date.now()))
    return true
  } catch {
    return false
  }
}

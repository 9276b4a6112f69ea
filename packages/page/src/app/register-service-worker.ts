interface PolicyFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): {
    createScriptURL: (url: string) => string
  }
}

/** Path of the service worker. */
const path = '/service-worker.js'

/** Registers the service worker, where the browser has any: it takes files that are shared with the page, and shows
 *  notifications. */
export function registerServiceWorker(): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory }
  // The policy of the page asks for addresses of scripts that were checked; this is the only one.
  const policy = trustedTypes?.createPolicy('page', { createScriptURL: url => (url === path ? url : '') })
  const url = policy ? policy.createScriptURL(path) : path
  addEventListener('load', () => void navigator.serviceWorker.register(url).catch(() => {}), { once: true })
}

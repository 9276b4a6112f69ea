import type { Page } from 'playwright-core'

/** What the network carried for one load of a page. */
export interface Load {
  /** Bytes on the wire, with headers, compressed as sent. */
  bytes: number
  requests: string[]
  /** First contentful paint, in milliseconds since the navigation began. */
  firstPaintMs: number
}

/** A cheap phone on a slow mobile network: the profile of Lighthouse. */
const slow = {
  cpuRate: 4,
  latencyMs: 150,
  bytesPerSecond: (1.6 * 1_000_000) / 8,
}

/** Loads an address with an empty cache, as on a slow phone.
 *  @param throttled - whether processor and network are slowed down. @default true */
export async function loadOnSlowPhone(page: Page, path: string, throttled = true): Promise<Load> {
  const debug = await page.context().newCDPSession(page)
  await debug.send('Network.enable')
  await debug.send('Network.setCacheDisabled', { cacheDisabled: true })
  if (throttled) {
    await debug.send('Emulation.setCPUThrottlingRate', { rate: slow.cpuRate })
    await debug.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: slow.latencyMs,
      downloadThroughput: slow.bytesPerSecond,
      uploadThroughput: slow.bytesPerSecond,
    })
  }
  const urls = new Map<string, string>()
  const sizes = new Map<string, number>()
  debug.on('Network.requestWillBeSent', ({ requestId, request }) => urls.set(requestId, request.url))
  debug.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
    sizes.set(requestId, encodedDataLength),
  )
  await page.goto(path)
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0)
  const firstPaintMs = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  )
  await debug.detach()
  const own = [...urls].filter(([, url]) => url.startsWith('http'))
  return {
    bytes: own.reduce((sum, [id]) => sum + (sizes.get(id) ?? 0), 0),
    requests: own.map(([, url]) => new URL(url).pathname),
    firstPaintMs,
  }
}

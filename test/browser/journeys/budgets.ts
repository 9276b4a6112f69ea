import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadOnSlowPhone } from '../support/slow-phone.ts'
import { visit, type World } from '../support/world.ts'

/** Most that the first visit may cost, compressed and with all headers, in bytes. */
const firstLoadBytes = 100_000

/** Most requests of the first visit: each costs a slow phone a part of a second. */
const firstLoadRequests = 12

export function budgets(world: World): void {
  test('the first load is small: at most 100 kB, in few requests', async t => {
    const { page } = await visit(t, world, { viewport: { width: 390, height: 844 }, isMobile: true })
    const { bytes, requests, firstPaintMs } = await loadOnSlowPhone(page, '/')
    // Told, and not judged: how long a machine takes that does much else besides says nothing of the page.
    t.diagnostic(
      `${bytes} bytes in ${requests.length} requests, first paint after ${Math.round(firstPaintMs)} ms`,
    )
    assert.ok(bytes <= firstLoadBytes, `${bytes} bytes: ${requests.join(' ')}`)
    assert.ok(requests.length <= firstLoadRequests, requests.join(' '))
  })
}

import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'

/** Asks again and again, of a server that does not tell when this changes. */
export async function until(isSo: () => Promise<boolean>, patienceMs = 20_000): Promise<void> {
  const deadline = Date.now() + patienceMs
  while (!(await isSo())) {
    assert.ok(Date.now() < deadline, `${isSo} still does not hold`)
    await delay(20)
  }
}

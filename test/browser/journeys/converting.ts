import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { usePage } from '../../../packages/cli/src/demo/use-page.ts'
import { probeAudio } from '../../../packages/local-servers/src/testing/index.ts'
import { password } from '../../support/session.ts'
import { visit, type World } from '../support/world.ts'

export function converting(world: World): void {
  test('a new person signs up, confirms the address, drops a video and has the audio, as demo --page does', async t => {
    const { page } = await visit(t, world)
    const steps: string[] = []
    const file = await usePage(page, {
      address: world.origin,
      user: { email: `ada-${randomUUID()}@example.com`, password },
      video: world.song,
      format: 'opus',
      mailDir: world.system.mailDir,
      fallbackDir: world.folder,
      timed: async (text, work) => {
        steps.push(text)
        return await work()
      },
      terminal: { progress: async () => ({ update: () => {}, stop: () => {} }) },
      signal: AbortSignal.timeout(120_000),
    })
    assert.equal((await probeAudio(file)).codec, 'opus')
    assert.equal(steps.length, 6, steps.join())
  })
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type RabbitmqOptions, type RabbitmqServer, startRabbitmq } from '@jackalope/local-servers'
import { onEnd } from '@jackalope/local-servers/testing'

/** A broker that the test may meddle with. */
export async function privateRabbitmq(
  t: TestContext,
  options: Omit<RabbitmqOptions, 'dir'> = {},
): Promise<RabbitmqServer> {
  const dir = await mkdtemp(join(tmpdir(), 'worker-kit-rabbitmq-'))
  const server = await startRabbitmq({ ...options, dir })
  onEnd(t, async () => {
    // Nobody wants its data: it need not take the time to stop.
    await server.kill()
    await rm(dir, { recursive: true })
  })
  return server
}

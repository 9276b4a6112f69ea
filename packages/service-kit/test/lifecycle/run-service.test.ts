import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { startService } from '@jackalope/local-servers/testing'

const program = new URL('services/example.ts', import.meta.url)

/** Runs the example service. */
async function start(t: TestContext, env: Record<string, string>) {
  const service = await startService(t, program, { PORT: '0', ...env })
  return { ...service, messages: () => service.lines.map(({ msg }) => msg) }
}

describe('runService', () => {
  it('prints the faults of the configuration without a stack trace and exits with 78', async t => {
    const { ended, messages } = await start(t, { PORT: 'x', LOG_LEVEL: 'loud' })
    const { code, stderr } = await ended
    assert.equal(code, 78)
    assert.match(stderr, /^example cannot start\. The configuration has faults:\n {2}\w+: .*\n {2}\w+: .*\n$/)
    assert.deepEqual(messages(), [])
  })

  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    it(`closes in reverse order on ${signal} and exits with 0`, async t => {
      const { child, logged, ended, messages } = await start(t, {})
      await logged('ready')
      child.kill(signal)
      assert.equal((await ended).code, 0)
      assert.deepEqual(messages(), [
        'listening',
        'ready',
        'stopping',
        'closed last opened',
        'closed first opened',
        'stopped',
      ])
    })

  it('stops a start that waits', async t => {
    const { child, logged, ended, messages } = await start(t, { BEHAVIOUR: 'wait' })
    await logged('listening')
    child.kill('SIGTERM')
    assert.equal((await ended).code, 0)
    assert.ok(messages().includes('closed first opened'))
    assert.ok(!messages().includes('cannot start'))
  })

  it('closes what a failed start has opened and exits with 1', async t => {
    const { ended, messages } = await start(t, { BEHAVIOUR: 'fail' })
    assert.equal((await ended).code, 1)
    assert.deepEqual(messages(), [
      'listening',
      'cannot start',
      'closed last opened',
      'closed first opened',
      'stopped',
    ])
  })

  it('ends with 1 when closing takes too long', async t => {
    const { child, logged, ended, messages } = await start(t, { BEHAVIOUR: 'hang' })
    await logged('ready')
    child.kill('SIGTERM')
    assert.equal((await ended).code, 1)
    assert.equal(messages().at(-1), 'stopped, but not cleanly')
  })

  it('ends at once on a second signal', async t => {
    const { child, logged, ended, messages } = await start(t, { BEHAVIOUR: 'hang' })
    await logged('ready')
    child.kill('SIGTERM')
    await logged('stopping')
    child.kill('SIGTERM')
    assert.equal((await ended).code, 1)
    assert.equal(messages().at(-1), 'stopping at once')
  })

  it('lives on after a rejection that nobody awaited', async t => {
    const { child, logged, ended } = await start(t, { BEHAVIOUR: 'stray' })
    await logged('unhandled rejection')
    child.kill('SIGTERM')
    assert.equal((await ended).code, 0)
  })

  it('logs an exception that nobody caught and ends with 1', async t => {
    const { ended, messages } = await start(t, { BEHAVIOUR: 'crash' })
    assert.equal((await ended).code, 1)
    assert.equal(messages().at(-1), 'uncaught exception')
  })
})

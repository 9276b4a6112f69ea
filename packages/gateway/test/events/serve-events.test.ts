import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEnd } from '@jackalope/local-servers/testing'
import { serve } from '@jackalope/service-kit'
import Koa from 'koa'
import { pino } from 'pino'
import { createJobEvents } from '../../src/events/job-events.ts'
import { serveEvents } from '../../src/events/serve-events.ts'
import { createWatcherLimits } from '../../src/events/watcher-limits.ts'

test('a snapshot during whose reading events may have been missed is followed by another', async t => {
  const logger = pino({ level: 'silent' })
  const jobEvents = createJobEvents({ logger })
  let reconnect = () => {}
  jobEvents.follow({
    events: (_job, { onReconnect }) => {
      reconnect = onReconnect ?? reconnect
      return { close: async () => {} }
    },
    queue: () => undefined as never,
  })
  let snapshots = 0
  const readSnapshot = async () => {
    snapshots += 1
    // Redis comes back with the first snapshot already read.
    if (snapshots === 1) reconnect()
    return { snapshot: snapshots }
  }
  const app = new Koa()
  app.use(async ctx => {
    const user = { id: 'ada', roles: [], scopes: [], emailVerified: true }
    const served = { filter: { ownerId: 'ada' }, lastEventId: undefined, readSnapshot }
    const shutdown = new AbortController().signal
    await serveEvents(ctx, user, served, {
      jobEvents,
      watcherLimits: createWatcherLimits(),
      shutdown,
      logger,
    })
  })
  const server = await serve(app, { host: '127.0.0.1', port: 0, logger })
  onEnd(t, () => server.close())
  const response = await fetch(server.url, { signal: AbortSignal.timeout(5_000) })
  let text = ''
  for await (const piece of response.body ?? []) {
    text += new TextDecoder().decode(piece)
    if (text.includes('"snapshot":2')) break
  }
  assert.match(text, /"snapshot":1.*"snapshot":2/s)
})

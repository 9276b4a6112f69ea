import assert from 'node:assert/strict'
import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import { convertVideo } from '@jackalope/contracts'
import { onEnd, redisUrl, until } from '@jackalope/local-servers/testing'
import { connectRedis } from '@jackalope/service-kit'
import { pino } from 'pino'
import { storeResult, uploaded } from '../support/conversions.ts'
import { type EventReader, openEvents, resumeEvents } from '../support/event-reader.ts'
import { startTestGateway } from '../support/test-gateway.ts'

const watcherCount = 1_000
const redisPort = Number(new URL(redisUrl()).port || 6379)

/** All connections that this process has opened. */
const sockets: Socket[] = []
subscribe('net.client.socket', message => sockets.push((message as { socket: Socket }).socket))

test('a thousand watchers hear of everything, and Redis has not one connection more for them', async t => {
  const gateway = await startTestGateway(t)
  const redis = connectRedis(redisUrl(), { logger: pino({ level: 'silent' }) })
  onEnd(t, () => redis.close())
  const readers = async () => {
    const list = await redis.run('Redis', client => client.client('LIST'))
    // Other processes share the server. One of them may have the port that a connection to the gateway has here.
    const own = (port: string | undefined) =>
      sockets.some(({ localPort, remotePort }) => localPort === Number(port) && remotePort === redisPort)
    return String(list)
      .split('\n')
      .filter(line => / cmd=xread /.test(line) && own(/ addr=[^ ]*:(\d+) /.exec(line)?.[1])).length
  }
  const id = await uploaded(gateway)
  await until(async () => (await readers()) > 0)
  const before = await readers()
  const watchers: EventReader[] = []
  onEnd(t, async () => {
    for (const watcher of watchers) watcher.close()
  })
  const memoryBefore = process.memoryUsage().rss
  for (let opened = 0; opened < watcherCount; opened += 50)
    watchers.push(
      ...(await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          openEvents(gateway, index % 2 ? '/events' : `/jobs/${id}/events`),
        ),
      )),
    )
  assert.ok(watchers.every(({ status }) => status === 200))
  await until(async () => watchers.every(({ events }) => events.length > 0))
  assert.equal(await readers(), before)
  t.diagnostic(
    `${Math.round((process.memoryUsage().rss - memoryBefore) / 2 ** 20)} MiB more, clients included`,
  )

  gateway.kit.work(convertVideo, async job => {
    for (let percent = 1; percent <= 50; percent++) await job.progress(percent)
    return await storeResult(gateway, job.id)
  })
  await until(async () => watchers.every(({ events }) => events.at(-1)?.data.state === 'completed'), 60_000)
  for (const { events } of watchers) assert.equal(events.filter(({ type }) => type === 'progress').length, 50)
})

test('a client that comes back at another gateway, again and again, misses no event and gets none twice', async t => {
  const gateway = await startTestGateway(t)
  const id = await uploaded(gateway)
  const seen: string[] = []
  const { promise: goOn, resolve: start } = Promise.withResolvers<void>()
  gateway.kit.work(convertVideo, async job => {
    await goOn
    for (let percent = 1; percent <= 99; percent++) {
      await job.progress(percent)
      await new Promise(resolve => setImmediate(resolve))
    }
    return await storeResult(gateway, job.id)
  })
  let place: { url: string; close(): Promise<void> } = gateway
  let lastEventId: string | undefined
  let isOver = false
  for (let round = 0; !isOver; round++) {
    const path = `/jobs/${id}/events`
    const reader = await (round === 0 ? openEvents(place, path) : resumeEvents(place, path, lastEventId))
    if (round === 0) {
      await until(async () => reader.events.length > 0)
      start()
    }
    const wanted = round < 3 ? 10 : 200
    // The gateway is stopped in the middle of its events; the first one leaves the stores and queues to the others.
    await Promise.race([reader.ended, until(async () => reader.events.length >= wanted, 60_000)])
    reader.close()
    await reader.ended
    for (const { id: eventId, type, data } of reader.events) {
      lastEventId = eventId
      if (type === 'progress') seen.push(String(data.progress))
      isOver ||= data.state === 'completed'
    }
    if (isOver) break
    const old = place
    place = await gateway.startReplica()
    await old.close()
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 99 }, (_, index) => String(index + 1)),
  )
})

import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import {
  type LocalServer,
  type RabbitmqServer,
  startRabbitmq,
  startRabbitmqCluster,
  startRedis,
} from '@jackalope/local-servers'
import { Redis } from 'ioredis'
import type { Contestant, RedisName } from './contestants.ts'
import type { Access } from './sides/side.ts'

export interface BenchServers {
  rabbitmq: { url: string; pids: number[] }
  redis: Record<RedisName, RedisServer>
  stop(): Promise<void>
}

export interface BenchServer {
  url: string
  pid: number
}

export interface RedisServer extends BenchServer {
  admin: Redis
}

/** What RabbitMQ takes by itself when nothing is configured. */
const brokerMemoryShare = 0.4

/** Starts the servers, in folders below `dir`; if one fails, the others are stopped.
 *  @param nodes - of RabbitMQ, as one cluster
 *  @throws {LocalServerError} */
export async function startServers(dir: string, nodes: number, signal: AbortSignal): Promise<BenchServers> {
  const place = (name: string) => ({ dir: join(dir, name), signal })
  const [broker, none, always] = await Promise.allSettled([
    startBroker(place('rabbitmq'), nodes),
    startRedis({ ...place('redis-none'), persistence: 'none' }),
    startRedis({ ...place('redis-always'), persistence: 'always' }),
  ])
  const stopAll = async () => {
    await Promise.all(
      [broker, none, always].map(attempt => attempt.status === 'fulfilled' && attempt.value.stop()),
    )
  }
  if (broker.status === 'rejected' || none.status === 'rejected' || always.status === 'rejected') {
    await stopAll()
    throw [broker, none, always].find(attempt => attempt.status === 'rejected')?.reason
  }
  const redis = { 'redis-none': await withAdmin(none.value), 'redis-always': await withAdmin(always.value) }
  // Rewriting the append-only file would fall into some trials and not into others; `tidy` does it between them.
  await redis['redis-always'].admin.config('SET', 'auto-aof-rewrite-percentage', '0')
  return {
    rabbitmq: await describeBroker(broker.value.nodes),
    redis,
    async stop() {
      for (const { admin } of Object.values(redis)) admin.disconnect()
      await stopAll()
    },
  }
}

interface Broker {
  nodes: readonly RabbitmqServer[]
  stop(): Promise<void>
}

async function startBroker(place: { dir: string; signal: AbortSignal }, nodes: number): Promise<Broker> {
  if (nodes > 1) return startRabbitmqCluster({ ...place, size: nodes })
  const node = await startRabbitmq({ ...place, memoryLimitBytes: totalmem() * brokerMemoryShare })
  return { nodes: [node], stop: () => node.stop() }
}

/** Clients connect to the first node. */
async function describeBroker(nodes: readonly RabbitmqServer[]): Promise<BenchServers['rabbitmq']> {
  const pids = await Promise.all(nodes.map(node => node.processId()))
  return { url: (nodes[0] as RabbitmqServer).url, pids: pids as number[] }
}

/** How the processes of a contestant reach their servers. */
export function accessOf(contestant: Contestant, { rabbitmq, redis }: BenchServers): Access {
  switch (contestant.kind) {
    case 'bullmq':
      return { kind: 'bullmq', redisUrl: redis[contestant.redis].url }
    case 'worker-kit':
      return {
        kind: 'worker-kit',
        redisUrl: redis[contestant.redis].url,
        amqpUrl: rabbitmq.url,
        queueType: contestant.queueType,
        recordOn: contestant.recordOn,
      }
    case 'amqplib':
      return { kind: 'amqplib', amqpUrl: rabbitmq.url, queueType: contestant.queueType }
  }
}

const largeAppendOnlyFileBytes = 128 * 1024 * 1024

/** Lets Redis shorten a long append-only file; without effect on a Redis that keeps none. */
export async function tidy({ admin }: RedisServer): Promise<void> {
  const size = await infoNumber(admin, 'persistence', 'aof_current_size')
  if (size === undefined || size < largeAppendOnlyFileBytes) return
  await admin.bgrewriteaof()
  while ((await infoNumber(admin, 'persistence', 'aof_rewrite_in_progress')) !== 0) await delay(20)
}

/** Memory that Redis uses for data, in bytes: without what its clients and its append-only file take for the moment. */
export async function dataBytes({ admin }: RedisServer): Promise<number> {
  const numbers = await Promise.all(
    ['used_memory', 'mem_clients_normal', 'mem_aof_buffer'].map(name => infoNumber(admin, 'memory', name)),
  )
  const [used = 0, clients = 0, appendOnly = 0] = numbers
  return used - clients - appendOnly
}

export async function redisVersion({ admin }: RedisServer): Promise<string> {
  return infoText(await admin.info('server'), 'redis_version') ?? 'unknown'
}

/** Starts counting anew for `commandTimes`. */
export async function forgetCommandTimes({ admin }: RedisServer): Promise<void> {
  await admin.config('RESETSTAT')
}

export async function commandTimes({
  admin,
}: RedisServer): Promise<{ command: string; calls: number; micros: number }[]> {
  const lines = (await admin.info('commandstats')).matchAll(/^cmdstat_(\S+):calls=(\d+),usec=(\d+)/gm)
  return [...lines].map(([, command = '', calls, micros]) => ({
    command,
    calls: Number(calls),
    micros: Number(micros),
  }))
}

/** Processor time that the server has used, in microseconds. */
export async function redisCpuMicros({ admin }: RedisServer): Promise<number> {
  const times = await Promise.all(
    ['used_cpu_user', 'used_cpu_sys'].map(name => infoNumber(admin, 'cpu', name)),
  )
  return times.reduce<number>((sum, seconds = 0) => sum + seconds, 0) * 1_000_000
}

async function infoNumber(admin: Redis, section: string, name: string): Promise<number | undefined> {
  const text = infoText(await admin.info(section), name)
  return text === undefined ? undefined : Number(text)
}

function infoText(info: string, name: string): string | undefined {
  return new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1]
}

async function withAdmin(server: LocalServer): Promise<RedisServer> {
  return { ...(await toBenchServer(server)), admin: new Redis(server.url) }
}

async function toBenchServer(server: LocalServer): Promise<BenchServer> {
  return { url: server.url, pid: (await server.processId()) as number }
}

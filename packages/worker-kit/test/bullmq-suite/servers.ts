import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { boundToThisProcess, requireProgram, startRabbitmq } from '@jackalope/local-servers'
import { Redis } from 'ioredis'

/** Several of BullMQ's tests connect to this port whatever the environment says. */
const REDIS_PORT = '6379'

export interface SuiteServers {
  /** REDIS_PORT, and AMQP_URL if there is a broker. */
  env: Record<string, string>
  stop(): Promise<void>
}

/** A Redis without password (BullMQ's tests know none) and a RabbitMQ of their own, unless REDIS_PORT and AMQP_URL are set.
 *  @param backend - `stock` needs no broker. */
export async function startSuiteServers(dir: string, backend: 'stock' | 'rabbitmq'): Promise<SuiteServers> {
  // Of every run hundreds of queues are left; a broker that carries those of many runs is slow.
  await rm(dir, { recursive: true, force: true })
  const redis = process.env.REDIS_PORT ? undefined : await startOpenRedis(join(dir, 'redis'))
  const startsBroker = backend === 'rabbitmq' && !process.env.AMQP_URL
  const rabbitmq = startsBroker ? await startRabbitmq({ dir: join(dir, 'rabbitmq') }) : undefined
  return {
    env: {
      REDIS_PORT: process.env.REDIS_PORT ?? REDIS_PORT,
      ...(rabbitmq && { AMQP_URL: rabbitmq.url }),
    },
    async stop() {
      await rabbitmq?.stop()
      if (redis) {
        redis.kill()
        await once(redis, 'exit')
      }
    },
  }
}

async function startOpenRedis(dir: string): Promise<ChildProcess> {
  await mkdir(dir, { recursive: true })
  const program = process.env.REDIS_SERVER ?? requireProgram('redis-server', 'redis-server')
  const options = ['--port', REDIS_PORT, '--bind', '127.0.0.1', '::1', '--dir', dir, '--save', '']
  const server = spawn(...boundToThisProcess(program, options), { stdio: 'ignore' })
  await once(server, 'spawn')
  const client = new Redis(Number(REDIS_PORT), { maxRetriesPerRequest: null })
  client.on('error', () => undefined)
  await Promise.race([
    client.ping(),
    once(server, 'exit').then(() => {
      throw new Error(`${program} ended at once: is port ${REDIS_PORT} taken?`)
    }),
  ])
  client.disconnect()
  return server
}

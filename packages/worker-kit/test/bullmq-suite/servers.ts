import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { boundToThisProcess, requireProgram, startRabbitmq } from '@jackalope/local-servers'
import { Redis } from 'ioredis'

/** Several of BullMQ's tests connect to this port whatever the environment says. */
const REDIS_PORT = '6379'

export interface SuiteServers {
  /** REDIS_PORT and AMQP_URL. */
  env: Record<string, string>
  stop(): Promise<void>
}

/** A Redis without password (BullMQ's tests know none) and a RabbitMQ of their own, unless REDIS_PORT and AMQP_URL are set. */
export async function startSuiteServers(dir: string): Promise<SuiteServers> {
  // Of every run hundreds of queues are left; a broker that carries those of many runs is slow.
  await rm(dir, { recursive: true, force: true })
  const redis = process.env.REDIS_PORT ? undefined : await startOpenRedis(join(dir, 'redis'))
  const rabbitmq = process.env.AMQP_URL ? undefined : await startRabbitmq({ dir: join(dir, 'rabbitmq') })
  return {
    env: {
      REDIS_PORT: process.env.REDIS_PORT ?? REDIS_PORT,
      AMQP_URL: process.env.AMQP_URL ?? (rabbitmq?.url as string),
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

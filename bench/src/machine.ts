import { open, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { connect } from 'amqplib'
import { type BenchServers, redisVersion } from './servers.ts'
import { median } from './statistics.ts'

/** Where and with what a run was made. */
export interface Machine {
  date: string
  system: string
  processor: string
  cores: number
  memoryGiB: number
  node: string
  bullmq: string
  redis: string
  rabbitmq: string
  /** Median time of writing 4 KiB and syncing it, in milliseconds. */
  fsyncMs: number
  /** Processes that wanted to run in the minute before the run. */
  loadBefore: number
}

/** @param dir - on the disk that the servers use */
export async function describeMachine(servers: BenchServers, dir: string): Promise<Machine> {
  const loadBefore = loadavg()[0] as number
  return {
    date: new Date().toISOString().slice(0, 16).replace('T', ' '),
    system: `${type()} ${release()}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    node: process.versions.node,
    bullmq: createRequire(import.meta.url)('bullmq/package.json').version,
    redis: await redisVersion(servers.redis['redis-none']),
    rabbitmq: await rabbitmqVersion(servers.rabbitmq.url),
    fsyncMs: await measureFsync(dir),
    loadBefore,
  }
}

async function rabbitmqVersion(url: string): Promise<string> {
  const connection = await connect(url)
  const { version } = connection.connection.serverProperties
  await connection.close()
  return version
}

async function measureFsync(dir: string): Promise<number> {
  const file = join(dir, 'fsync')
  const handle = await open(file, 'w')
  const block = Buffer.alloc(4_096, 1)
  const times: number[] = []
  try {
    for (let i = 0; i < 100; i += 1) {
      const began = performance.now()
      await handle.write(block)
      await handle.datasync()
      times.push(performance.now() - began)
    }
  } finally {
    await handle.close()
    await rm(file)
  }
  return median(times)
}

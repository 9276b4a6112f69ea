/** Runs before each of BullMQ's test files: says how to reach Redis, and which backend all of BullMQ's classes use. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Bullmq from 'bullmq'
import type { Redis } from 'ioredis'
import { createRabbitmqBackend } from '../../src/index.ts'

const { SUITE_DIR = '', SUITE_BACKEND, REDIS_PORT, AMQP_URL = '' } = process.env

// The very modules that the tests reach as `../src`: a second copy would have a default backend of its own.
const require = createRequire(join(SUITE_DIR, 'tests', 'setup.js'))
const { createIORedisClient, setDefaultBackendFactory } = require('../src') as typeof Bullmq
const { Redis: RedisClient } = require('ioredis') as { Redis: typeof Redis }
const { setConnectionFactory } = await import(
  pathToFileURL(join(SUITE_DIR, 'tests/utils/connection-factory.ts')).href
)

setConnectionFactory((options?: { host?: string; port?: number }) =>
  createIORedisClient(
    new RedisClient({
      host: options?.host ?? 'localhost',
      port: options?.port ?? Number(REDIS_PORT),
      maxRetriesPerRequest: null,
    }),
  ),
)

if (SUITE_BACKEND === 'rabbitmq') setDefaultBackendFactory(createRabbitmqBackend({ url: AMQP_URL }))
else if (SUITE_BACKEND !== 'stock')
  throw new Error(`SUITE_BACKEND: expected stock or rabbitmq, got ${SUITE_BACKEND}`)

import { amqpUrl, type CleanUpOwner, redisUrl, startService } from '@jackalope/local-servers/testing'

/** Runs a program of the converter in a process of its own, which is killed after the test. */
export function startProcess(owner: CleanUpOwner, file: URL, env: Record<string, string>) {
  const { PATH, HOME } = process.env
  return startService(owner, file, { PATH, HOME, ...env })
}

/** Addresses that a converter needs, without its stores. */
export function serverAddresses() {
  return { AMQP_URL: amqpUrl(), REDIS_URL: redisUrl() }
}

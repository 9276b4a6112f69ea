import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { uploads } from '@jackalope/contracts/api'
import { problem, type RedisConnection } from '@jackalope/service-kit'
import type { Lock, Locker, RequestRelease } from '@tus/server'

export interface RedisLockerOptions {
  redis: RedisConnection
  /** Prefix of keys, for tests. @default jackalope */
  prefix?: string
  /** How long a lock holds without its holder, in milliseconds. @default 5_000 */
  leaseMs?: number
  /** How often a holder renews its lock, and looks whether somebody wants it, in milliseconds. @default 1_000 */
  renewMs?: number
  /** How long a request waits for a lock, in milliseconds; longer than a dead holder's lease. @default 12_000 */
  waitMs?: number
}

const what = 'The store of locks'
const renewText = readFileSync(new URL('./renew-lock.lua', import.meta.url), 'utf8')
const releaseText = readFileSync(new URL('./release-lock.lua', import.meta.url), 'utf8')

/** How often a waiting request tries, in milliseconds. */
const retryMs = 200

/** Locks of uploads that hold across replicas. A request that wants a lock asks its holder to end, so that a client whose
 *  connection broke unnoticed goes on at once; the lock of a holder that died lapses. The store of blobs refuses what a
 *  holder writes that has lost its lock without knowing. */
export function createRedisLocker(options: RedisLockerOptions): Locker {
  return { newLock: id => new RedisLock(id, options) }
}

class RedisLock implements Lock {
  readonly #redis: RedisConnection
  readonly #key: string
  readonly #wantedKey: string
  readonly #token = randomUUID()
  readonly #leaseMs: number
  readonly #renewMs: number
  readonly #waitMs: number
  #timer: NodeJS.Timeout | undefined

  constructor(id: string, options: RedisLockerOptions) {
    const { redis, prefix = 'jackalope', leaseMs = 5_000, renewMs = 1_000, waitMs = 12_000 } = options
    this.#redis = redis
    this.#key = `${prefix}:upload-lock:${id}`
    this.#wantedKey = `${prefix}:upload-lock-wanted:${id}`
    this.#leaseMs = leaseMs
    this.#renewMs = renewMs
    this.#waitMs = waitMs
  }

  /** @throws {HttpProblem} 423 when the holder does not end in time, 503 when Redis is away */
  async lock(signal: AbortSignal, requestRelease: RequestRelease): Promise<void> {
    const deadline = performance.now() + this.#waitMs
    while (!(await this.#take())) {
      if (signal.aborted || performance.now() > deadline) throw locked()
      await this.#redis.run(what, client => client.set(this.#wantedKey, 1, 'PX', 2 * this.#renewMs))
      await delay(retryMs)
    }
    await this.#redis.run(what, client => client.del(this.#wantedKey)).catch(() => {})
    this.#keepRenewing(requestRelease)
  }

  async unlock(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    // A lock that cannot be given back lapses.
    await this.#redis.run(what, client => client.eval(releaseText, 1, this.#key, this.#token)).catch(() => {})
  }

  async #take(): Promise<boolean> {
    const answer = await this.#redis.run(what, client =>
      client.set(this.#key, this.#token, 'PX', this.#leaseMs, 'NX'),
    )
    return answer === 'OK'
  }

  #keepRenewing(requestRelease: RequestRelease): void {
    let renewedAtMs = performance.now()
    const renew = async () => {
      const state = await this.#redis
        .run(what, client =>
          client.eval(renewText, 2, this.#key, this.#wantedKey, this.#token, this.#leaseMs),
        )
        .catch(() => 'unknown')
      if (state === 'held' || state === 'wanted') renewedAtMs = performance.now()
      const isOver = state === 'unknown' && performance.now() - renewedAtMs > this.#leaseMs
      if (state === 'wanted' || state === 'lost' || isOver) await requestRelease()
      // `unlock` may have come meanwhile.
      if (this.#timer) next()
    }
    const next = () => {
      this.#timer = setTimeout(renew, this.#renewMs).unref()
    }
    next()
  }
}

function locked() {
  return problem(uploads.uploadLocked, {
    detail: 'Another request of this upload still runs. Try again in a few seconds.',
    headers: { 'Retry-After': '5' },
  })
}

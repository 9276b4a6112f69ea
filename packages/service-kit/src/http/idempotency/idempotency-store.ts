import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { RedisConnection } from '../../redis/connect-redis.ts'
import { deriveSecrets } from './answer-cipher.ts'

/** An answer that is given again. */
export const keptAnswer = z.object({
  status: z.int(),
  headers: z.record(z.string(), z.string()),
  /** In Base64; `null`: there is none. */
  body: z.string().nullable(),
})
export type KeptAnswer = z.output<typeof keptAnswer>

const record = z.object({
  /** Fingerprint of what is known of a request before its body is streamed. */
  head: z.string(),
  /** Of the first request while it runs: which process runs it. */
  owner: z.string().optional(),
  /** Of a finished request: fingerprint of its streamed body, and the encrypted answer. */
  body: z.string().optional(),
  answer: z.string().optional(),
})

/** A request that is the first with its key. */
export interface FirstRequest {
  kind: 'first'
  /** Keeps the answer for the requests that follow. */
  finish(answer: KeptAnswer, body?: string): Promise<void>
  /** Frees the key: the request made nothing. */
  release(): Promise<void>
}

export type Begun =
  | FirstRequest
  | { kind: 'running' }
  | { kind: 'other' }
  | { kind: 'finished'; answer: KeptAnswer; isSameBody(body: string): boolean }

export interface IdempotencyStore {
  /** @param scope - whose key it is
   *  @param head - what is known of the request before its body is streamed
   *  @throws {HttpProblem} 503 when Redis is away: without it a request could be carried out twice */
  begin(scope: string, key: string, head: string): Promise<Begun>
}

export interface IdempotencyStoreOptions {
  redis: RedisConnection
  logger: Logger
  /** Prefix of keys, for tests. @default jackalope */
  prefix?: string
  /** How long an answer is kept, in milliseconds. @default 86_400_000, a day */
  keepMs?: number
  /** When the key of a process that died is free again, in milliseconds. @default 30_000 */
  leaseMs?: number
}

const what = 'The store of idempotency keys'
const replaceValue = readFileSync(new URL('./replace-value.lua', import.meta.url), 'utf8')

/** Keeps the answers of requests with an `Idempotency-Key` in Redis, encrypted. */
export function createIdempotencyStore(options: IdempotencyStoreOptions): IdempotencyStore {
  const { redis, logger, prefix = 'jackalope', keepMs = 24 * 3_600_000, leaseMs = 30_000 } = options
  const replace = (name: string, value: string, next: string, keptMs: number) =>
    redis.run(what, client => client.eval(replaceValue, 1, name, value, next, keptMs))

  function first(
    name: string,
    value: string,
    secrets: ReturnType<typeof deriveSecrets>,
    head: string,
  ): FirstRequest {
    const renew = () => void replace(name, value, value, leaseMs).catch(() => {})
    const timer = setInterval(renew, leaseMs / 3).unref()
    const end = async (next: string) => {
      clearInterval(timer)
      // The request has been carried out, so its answer counts whatever becomes of the record.
      await replace(name, value, next, keepMs).catch(err =>
        logger.warn({ err }, 'an answer could not be kept'),
      )
    }
    return {
      kind: 'first',
      finish: (answer, body) =>
        end(
          JSON.stringify({
            head,
            body: body && secrets.fingerprint(body),
            answer: secrets.encrypt(JSON.stringify(answer)),
          }),
        ),
      release: () => end(''),
    }
  }
  return {
    async begin(scope, key, request) {
      const secrets = deriveSecrets(scope, key)
      const name = `${prefix}:idempotency:${secrets.name}`
      const head = secrets.fingerprint(request)
      const value = JSON.stringify({ head, owner: randomUUID() })
      const found = await redis.run(what, client => client.set(name, value, 'PX', leaseMs, 'NX', 'GET'))
      if (found === null) return first(name, value, secrets, head)
      const { head: firstHead, answer, body } = record.parse(JSON.parse(found))
      if (firstHead !== head) return { kind: 'other' }
      if (answer === undefined) return { kind: 'running' }
      return {
        kind: 'finished',
        answer: keptAnswer.parse(JSON.parse(secrets.decrypt(answer))),
        isSameBody: given => body === undefined || body === secrets.fingerprint(given),
      }
    },
  }
}

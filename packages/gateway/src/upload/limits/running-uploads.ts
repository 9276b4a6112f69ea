import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { RedisConnection } from '@jackalope/service-kit'

/** What the other uploads that run will take, at all replicas. */
export interface OtherUploads {
  /** Those of the same owner. */
  count: number
  /** Bytes that those may store. */
  bytes: number
  /** Bytes that those of all owners have yet to store. */
  remainingBytes: number
}

/** An upload that is counted while it runs. */
export interface RunningUpload {
  others: OtherUploads
  /** To be called when the store counts the upload itself: then only what it has yet to store is counted here. */
  disown(): Promise<void>
  /** May be called twice. */
  end(): Promise<void>
}

export interface RunningUploads {
  /** Counts an upload until it ends, or its process does.
   *  @throws {HttpProblem} 503 when Redis is away */
  begin(upload: {
    /** Requests for the same subject do not count for each other. No colon. @default each is one of its own */
    subject?: string
    /** Whose limits it counts for. */
    ownerId: string | undefined
    /** Bytes that it may store. */
    bytes: number
    /** Bytes that are known to come yet. */
    remainingBytes: () => number
  }): Promise<RunningUpload>
}

const what = 'The count of uploads'
const script = readFileSync(new URL('./reserve-upload.lua', import.meta.url), 'utf8')

/** How long an upload counts whose process does not say that it lives, in milliseconds. */
const leaseMs = 60_000
const renewMs = 20_000

/** Owner of uploads that count for nobody's limits. No user has this id. */
const nobody = '-'

/** Counts the uploads that run, so that many at once, also at several replicas, keep to what their owner may store and to
 *  the room that is left. */
export function createRunningUploads({
  redis,
  prefix = 'jackalope',
}: {
  redis: RedisConnection
  prefix?: string
}): RunningUploads {
  const key = `${prefix}:uploads`
  return {
    async begin({ subject, ownerId = nobody, bytes, remainingBytes }) {
      const id = subject === undefined ? randomUUID() : `${subject}:${randomUUID()}`
      let owner = ownerId
      const note = async (): Promise<OtherUploads> => {
        const answer = await redis.run(what, client =>
          client.eval(script, 1, key, id, owner, bytes, remainingBytes(), Date.now(), leaseMs),
        )
        const [count, own, all] = answer as [number, string, string]
        return { count, bytes: Number(own), remainingBytes: Number(all) }
      }
      const others = await note()
      // A note that is lost for a while only makes the limits less exact.
      const timer = setInterval(() => void note().catch(() => {}), renewMs).unref()
      return {
        others,
        async disown() {
          owner = nobody
          await note().catch(() => {})
        },
        async end() {
          clearInterval(timer)
          await redis.run(what, client => client.hdel(key, id)).catch(() => {})
        },
      }
    },
  }
}

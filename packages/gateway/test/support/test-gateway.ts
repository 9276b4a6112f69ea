import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import { type BlobStore, openBlobStore } from '@jackalope/blob-store'
import { createTestPlace } from '@jackalope/blob-store/testing'
import {
  keyIdOfSecret,
  operatedQueueNames,
  sessionScope,
  tokenAudience,
  tokenIssuer,
  tokenType,
} from '@jackalope/contracts'
import { apiInfo, publicEndpoints } from '@jackalope/contracts/api'
import {
  amqpUrl,
  type LogLine,
  LogLines,
  onEnd,
  redisUrl,
  removeQueues,
} from '@jackalope/local-servers/testing'
import { createLogger, createMetrics, probePaths, Resources } from '@jackalope/service-kit'
import { openapiDocument } from '@jackalope/service-kit/openapi'
import { watchAnswers } from '@jackalope/service-kit/testing'
import { connect, type Kit } from '@jackalope/worker-kit'
import jwt from 'jsonwebtoken'
import type { GatewayConfig } from '../../src/gateway-config.ts'
import { rateLimits } from '../../src/http/rate-limits.ts'
import { startGateway } from '../../src/start-gateway.ts'

export const jwtSecret = 'q3JpX0vXh7LrZk1mN8sT2wYb5cFd9gAe'
export const linkSecret = 'B7nVtQ2mXc9LpRk4sWf6Yh1JdGz8Ea3U'

/** The gateway's address in its answers. */
export const publicUrl = 'https://jackalope.example'

export const serviceToken = 'Zk3vQ8wLr5Xy2Np9Tb6Mc1Jd4Hf7Gs0a'
const document = openapiDocument(publicEndpoints, apiInfo)

/** An address where nobody listens: the discard port. */
const nowhere = 'http://127.0.0.1:9'

export interface TestGateway {
  url: string
  videos: BlobStore
  audios: BlobStore
  /** A kit for the consumers' side of the queues. */
  kit: Kit
  /** Of the queues, at RabbitMQ and in Redis. */
  prefix: string
  /** All log lines so far, parsed. */
  logs: readonly LogLine[]
  /** Sends a request as that user; without `user`, without a token. */
  request(path: string, init?: RequestInit & { user?: string }): Promise<Response>
  /** Counts everything that the store of videos holds, finished or not. */
  countVideoPieces(): Promise<number>
  /** Starts another gateway on the same servers, stores and queues. */
  startReplica(): Promise<{ url: string; close(): Promise<void> }>
  close(): Promise<void>
}

/** A gateway on real servers, with stores, queues and keys of its own that are removed after the test. The test fails when
 *  an answer deviates from the document of the API.
 *  @param options.checkAnswers - `false` where something else stands in for auth. @default true */
export async function startTestGateway(
  t: TestContext,
  config: Partial<GatewayConfig> = {},
  { checkAnswers = true } = {},
): Promise<TestGateway> {
  const prefix = `test-${randomUUID()}`
  const resources = new Resources()
  const log = new LogLines()

  const { place, variables, storePrefix, countPieces, remove } = createTestPlace()
  resources.defer(() => remove('videos', 'mp3s'))
  const openStore = (name: string) => resources.use(openBlobStore({ place, name: storePrefix + name }))
  const videos = openStore('videos')
  const audios = openStore('mp3s')
  const kit = await connect({ amqpUrl: amqpUrl(), redisUrl: redisUrl(), prefix })
  resources.defer(() => removeQueues(prefix, operatedQueueNames))
  resources.use(kit)

  const start = async () => {
    const stop = new AbortController()
    const gatewayResources = new Resources()
    const { url } = await startGateway(
      {
        config: {
          HOST: '127.0.0.1',
          PORT: 0,
          LOG_LEVEL: 'debug',
          AUTH_URL: nowhere,
          SERVICE_TOKEN: serviceToken,
          JWT_ALGORITHM: 'HS256',
          JWT_SECRET: jwtSecret,
          PUBLIC_URL: publicUrl,
          LINK_SECRET: linkSecret,
          AMQP_URL: [amqpUrl()],
          REDIS_URL: redisUrl(),
          ...variables,
          MAX_UPLOAD_BYTES: 2 * 1024 ** 3,
          MAX_UPLOADS: 200,
          MAX_UPLOADS_PER_USER: 50,
          MIN_UPLOAD_BYTES_PER_SECOND: 1_000,
          MAX_STORED_BYTES_PER_USER: 0,
          MAX_OPEN_JOBS_PER_USER: 0,
          MAX_STORED_BYTES: 0,
          MIN_FREE_BYTES: 0,
          GUEST_MAX_UPLOAD_BYTES: 1_000,
          GUEST_MAX_STORED_BYTES: 3_000,
          GUEST_MAX_OPEN_JOBS: 2,
          SOURCE_RETENTION_SECONDS: 86_400,
          AUDIO_RETENTION_SECONDS: 604_800,
          JOB_RETENTION_SECONDS: 0,
          UPKEEP_INTERVAL_SECONDS: 3_600,
          ORPHAN_GRACE_SECONDS: 3_600,
          RATE_LIMITS: rateLimits().parse(undefined),
          ...config,
        },
        logger: createLogger({ service: 'gateway', level: 'debug', destination: log }),
        resources: gatewayResources,
        metrics: createMetrics('gateway'),
        shutdown: stop.signal,
      },
      { prefix, storePrefix },
    )
    if (checkAnswers) {
      const answers = watchAnswers(url, document, { ignore: probePaths })
      onEnd(t, () => answers.stop())
    }
    return {
      url,
      async close() {
        stop.abort()
        await gatewayResources.close()
      },
    }
  }
  const { url, close } = await start()
  onEnd(t, () => resources.close())
  onEnd(t, close)
  return {
    url,
    videos,
    audios,
    kit,
    prefix,
    logs: log.all,
    close,
    async request(path, { user, ...init } = {}) {
      const headers = new Headers(init.headers)
      if (user) headers.set('Authorization', `Bearer ${signToken(user)}`)
      return await fetch(url + path, { ...init, headers })
    },
    countVideoPieces: () => countPieces('videos'),
    async startReplica() {
      const replica = await start()
      // Before the stores and queues are removed.
      onEnd(t, replica.close)
      return replica
    },
  }
}

/** A token as auth issues it to a session.
 *  @param claims - override the token's own; a claim that is `undefined` is left out
 *  @param options - `header` overrides the members of the header likewise */
export function signToken(
  userId: string,
  claims: object = {},
  { secret = jwtSecret, algorithm = 'HS256' as jwt.Algorithm, header = {} as object } = {},
): string {
  const iat = Math.floor(Date.now() / 1_000)
  const token = {
    ...{ iss: tokenIssuer, aud: tokenAudience, sub: userId, jti: randomUUID(), iat, exp: iat + 60 },
    ...{ roles: ['user'], sid: randomUUID(), scope: sessionScope, email_verified: true },
  }
  return jwt.sign(withoutUndefined({ ...token, ...claims }), secret, {
    algorithm,
    header: withoutUndefined({
      ...{ alg: algorithm, typ: tokenType, kid: keyIdOfSecret(jwtSecret) },
      ...header,
    }) as unknown as jwt.JwtHeader,
  })
}

function withoutUndefined(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

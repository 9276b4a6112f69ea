import type { BlobStore } from '@jackalope/blob-store'
import { createHttpApp, type HealthCheck, healthRoutes } from '@jackalope/service-kit'
import Router from '@koa/router'
import type Koa from 'koa'
import type { Logger } from 'pino'
import { requireUser, type UserState } from './access/require-user.ts'
import type { AuthClient } from './auth/auth-client.ts'
import { passToAuth } from './auth/pass-to-auth.ts'
import { download } from './files/download.ts'
import { limitIdleness } from './http/limit-idleness.ts'
import { translateStoreErrors } from './http/translate-store-errors.ts'
import type { Conversions } from './jobs/conversions.ts'
import { getJob } from './jobs/get-job.ts'
import { getJobAudio } from './jobs/get-job-audio.ts'
import { listJobs } from './jobs/list-jobs.ts'
import { upload } from './upload/upload.ts'

export interface AppDeps {
  videos: BlobStore
  audios: BlobStore
  auth: AuthClient
  conversions: Conversions
  /** Resolves when RabbitMQ and Redis answer. */
  checkJobs: HealthCheck
  /** Key of the access tokens. */
  tokenSecret: string
  maxUploadBytes: number
  logger: Logger
  shutdown: AbortSignal
}

/** The HTTP API that browsers and `curl` talk to. */
export function createApp(deps: AppDeps): Koa {
  const { videos, audios, auth, logger, shutdown } = deps
  const app = createHttpApp({ logger })
  const checks = {
    jobs: deps.checkJobs,
    blobs: async () => void (await Promise.all([videos.ping(), audios.ping()])),
    auth: () => auth.check(),
  }
  const user = requireUser(deps.tokenSecret)
  const router = new Router<UserState>()
    .post('/register', passToAuth(deps))
    .post('/login', passToAuth(deps))
    .post('/upload', user, upload(deps))
    .get('/jobs', user, listJobs(deps))
    .get('/jobs/:id', user, getJob(deps))
    .get('/jobs/:id/audio', user, getJobAudio(deps))
    .get('/download', user, download(deps))

  app.use(limitIdleness())
  app.use(healthRoutes({ checks, timeoutMs: 4_000, logger, shutdown }))
  app.use(translateStoreErrors())
  app.use(router.routes())
  app.use(router.allowedMethods())
  return app
}

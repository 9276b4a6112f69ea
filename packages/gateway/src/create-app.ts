import { createHttpApp, healthRoutes } from '@jackalope/service-kit'
import Router from '@koa/router'
import type Koa from 'koa'
import { requireUser, type UserState } from './access/require-user.ts'
import type { AppDeps } from './app-deps.ts'
import { passToAuth } from './auth/pass-to-auth.ts'
import { download } from './files/download.ts'
import { limitIdleness } from './http/limit-idleness.ts'
import { translateStoreErrors } from './http/translate-store-errors.ts'
import { getJob } from './jobs/get-job.ts'
import { getJobAudio } from './jobs/get-job-audio.ts'
import { listJobs } from './jobs/list-jobs.ts'
import { upload } from './upload/upload.ts'

/** The HTTP API for browsers and `curl`. */
export function createApp(deps: AppDeps): Koa {
  const { videos, audios, auth, logger, metrics, shutdown } = deps
  const app = createHttpApp({ logger, metrics })
  const checks = {
    jobs: deps.checkJobs,
    blobs: async () => void (await Promise.all([videos.ping(), audios.ping()])),
    auth: () => auth.check(),
  }
  const reader = requireUser(deps, { scope: 'jobs:read' })
  const writer = requireUser(deps, { scope: 'jobs:write' })
  const fileReader = requireUser(deps, { scope: 'files:read' })
  const router = new Router<UserState>()
    .post('/register', passToAuth(deps))
    .post('/login', passToAuth(deps))
    .post('/upload', writer, upload(deps))
    .get('/jobs', reader, listJobs(deps))
    .get('/jobs/:id', reader, getJob(deps))
    .get('/jobs/:id/audio', fileReader, getJobAudio(deps))
    .get('/download', fileReader, download(deps))

  app.use(limitIdleness())
  app.use(healthRoutes({ checks, timeoutMs: 4_000, logger, shutdown }))
  app.use(translateStoreErrors())
  app.use(router.routes())
  app.use(router.allowedMethods())
  return app
}

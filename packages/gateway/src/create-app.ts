import {
  accounts,
  archives,
  browserSession,
  events,
  files,
  jobs,
  passedToAuth,
  service,
  uploads,
} from '@jackalope/contracts/api'
import { createEndpointRouter, createHttpApp, healthRoutes } from '@jackalope/service-kit'
import type { Endpoint } from '@jackalope/service-kit/endpoint'
import type Koa from 'koa'
import type { Middleware } from 'koa'
import { authorize } from './access/authorize.ts'
import type { UserState } from './access/require-user.ts'
import { serveBoard } from './admin/board/serve-board.ts'
import { serveAdmin } from './admin/serve-admin.ts'
import type { AppDeps } from './app-deps.ts'
import { exportAccount } from './auth/export-account.ts'
import { passToAuth } from './auth/pass-to-auth.ts'
import { serveDocs } from './docs/docs.ts'
import { watchJob } from './events/watch-job.ts'
import { watchJobs } from './events/watch-jobs.ts'
import { downloadZip } from './files/archive/download-zip.ts'
import { createAudioLink } from './files/create-audio-link.ts'
import { download } from './files/download.ts'
import { getSignedFile } from './files/get-signed-file.ts'
import { takeIdempotencyKeys } from './http/take-idempotency-keys.ts'
import { translateStoreErrors } from './http/translate-store-errors.ts'
import { cancelJob } from './jobs/cancel-job.ts'
import { deleteJob } from './jobs/delete-job.ts'
import { getJob } from './jobs/get-job.ts'
import { getJobAudio } from './jobs/get-job-audio.ts'
import { listJobs } from './jobs/list-jobs.ts'
import { retryJob } from './jobs/retry-job.ts'
import { servePage } from './page/serve-page.ts'
import { pageProblems } from './pages/page-problems.ts'
import { servePlain } from './pages/plain/serve-plain.ts'
import { servePages } from './pages/serve-pages.ts'
import { getService } from './service/get-service.ts'
import { getAccountUsage } from './service/get-usage.ts'
import { getSession, startGuestSession, startSession, stopSession } from './session/sessions.ts'
import { tusOptions } from './upload/tus/tus-options.ts'
import { appendToUpload, createUpload, deleteUpload, getUpload } from './upload/tus/tus-uploads.ts'
import { upload, uploadFile } from './upload/upload.ts'

/** The HTTP API for browsers and `curl`. */
export function createApp(deps: AppDeps): Koa {
  const { videos, audios, auth, logger, metrics, shutdown } = deps
  const { isTrustedProxy, isHttps, corsOrigins } = deps
  const app = createHttpApp({ logger, metrics, isTrustedProxy, isHttps, corsOrigins })
  const checks = {
    jobs: deps.checkJobs,
    blobs: async () => void (await Promise.all([videos.ping(), audios.ping()])),
    auth: () => auth.check(),
  }
  const takeKeys = takeIdempotencyKeys(deps)
  const router = createEndpointRouter<UserState>({
    authorize: authorize(deps),
    before: endpoint => [
      ...identifySender(endpoint, deps),
      ...deps.rateLimiting.before(endpoint),
      ...takeKeys(endpoint),
    ],
  })
    .serve(browserSession.startSession, startSession(deps))
    .serve(browserSession.getSession, getSession(deps))
    .serve(browserSession.stopSession, stopSession(deps))
    .serve(browserSession.startGuestSession, startGuestSession(deps))
    .serve(service.getService, getService(deps))
    .serve(service.getAccountUsage, getAccountUsage(deps))
    .serve(uploads.upload, upload(deps))
    .serve(uploads.uploadFile, uploadFile(deps))
    .serve(uploads.createUpload, createUpload(deps))
    .serve(uploads.getUpload, getUpload(deps))
    .serve(uploads.appendToUpload, appendToUpload(deps))
    .serve(uploads.deleteUpload, deleteUpload(deps))
    .serve(jobs.listJobs, listJobs(deps))
    .serve(jobs.getJob, getJob(deps))
    .serve(jobs.cancelJob, cancelJob(deps))
    .serve(jobs.retryJob, retryJob(deps))
    .serve(jobs.deleteJob, deleteJob(deps))
    .serve(events.watchJob, watchJob(deps))
    .serve(events.watchJobs, watchJobs(deps))
    .serve(files.getJobAudio, getJobAudio(deps))
    .serve(files.createAudioLink, createAudioLink(deps))
    .serve(files.getSignedFile, getSignedFile(deps))
    .serve(files.download, download(deps))
    .serve(archives.downloadZip, downloadZip(deps))
    .serve(accounts.exportAccount, exportAccount(deps))
  // Auth checks these requests itself.
  const pass = passToAuth(deps)
  for (const endpoint of passedToAuth) router.pass(endpoint, pass)
  servePages(router, deps)
  serveAdmin(router, { ...deps, ...deps.admin })
  servePlain(router, deps)

  serveDocs(router, deps)

  app.use(healthRoutes({ checks, timeoutMs: 4_000, logger, shutdown }))
  app.use(servePage())
  app.use(pageProblems(logger))
  app.use(deps.rateLimiting.address)
  app.use(translateStoreErrors())
  app.use(tusOptions(deps.uploadLimits.maxBytes))
  app.use(serveBoard({ ...deps, ...deps.admin }))
  for (const middleware of router.routes()) app.use(middleware)
  return app
}

/** What makes us send something counts for the user whom auth would ask for only later, not for an address that many share. */
function identifySender({ access, rateClass }: Endpoint, deps: AppDeps): Middleware[] {
  return rateClass === 'deliveries' && typeof access === 'object' ? [authorize(deps)(access)] : []
}

import type { Endpoint } from '@jackalope/service-kit/endpoint'
import * as accounts from './accounts.ts'
import * as admin from './admin.ts'
import * as adminQueues from './admin-queues.ts'
import * as adminStorage from './admin-storage.ts'
import * as apiKeys from './api-keys.ts'
import * as archives from './archives.ts'
import * as browserSession from './browser-session.ts'
import { endpointsOf } from './defined-endpoints.ts'
import * as docs from './docs.ts'
import * as events from './events.ts'
import * as files from './files.ts'
import * as jobs from './jobs.ts'
import * as notices from './notices.ts'
import * as operations from './operations.ts'
import * as pages from './pages.ts'
import * as service from './service.ts'
import * as sessions from './sessions.ts'
import * as uploads from './uploads.ts'
import * as users from './users.ts'
import * as webhooks from './webhooks.ts'

export { apiInfo } from './info.ts'
export { linkToken, pageEndpoints } from './pages.ts'
export {
  accounts,
  admin,
  adminQueues,
  adminStorage,
  apiKeys,
  archives,
  browserSession,
  docs,
  events,
  files,
  jobs,
  notices,
  operations,
  pages,
  service,
  sessions,
  uploads,
  users,
  webhooks,
}

/** All endpoints of the gateway and of auth, those between services too. */
export const definedEndpoints: readonly Endpoint[] = endpointsOf([
  accounts,
  admin,
  adminQueues,
  adminStorage,
  apiKeys,
  archives,
  browserSession,
  docs,
  events,
  files,
  jobs,
  notices,
  operations,
  pages,
  service,
  sessions,
  uploads,
  users,
  webhooks,
])

/** Endpoints of auth that the gateway passes on. */
export const passedToAuth: readonly Endpoint[] = [
  users.register,
  users.login,
  users.jwks,
  sessions.refresh,
  sessions.logout,
  sessions.listSessions,
  sessions.endSessions,
  sessions.endSession,
  apiKeys.listApiKeys,
  apiKeys.createApiKey,
  apiKeys.revokeApiKey,
  webhooks.listWebhooks,
  webhooks.createWebhook,
  webhooks.getWebhook,
  webhooks.changeWebhook,
  webhooks.deleteWebhook,
  webhooks.rotateWebhookSecret,
  webhooks.testWebhook,
  webhooks.listDeliveries,
  webhooks.getDelivery,
  webhooks.replayDelivery,
  accounts.getAccount,
  accounts.changeAccount,
  accounts.deleteAccount,
  accounts.changePassword,
  accounts.changeEmail,
  accounts.confirmEmail,
  accounts.verifyEmail,
  accounts.resendVerification,
  accounts.requestPasswordReset,
  accounts.resetPassword,
  accounts.listAudit,
  admin.listUsers,
  admin.lockUser,
  admin.unlockUser,
  admin.listAuditLog,
]

/** All endpoints that the gateway serves to the world, in the order of the documentation. */
export const publicEndpoints: readonly Endpoint[] = [
  ...passedToAuth,
  browserSession.startSession,
  browserSession.getSession,
  browserSession.stopSession,
  browserSession.startGuestSession,
  service.getService,
  service.getAccountUsage,
  accounts.exportAccount,
  uploads.upload,
  uploads.uploadFile,
  uploads.createUpload,
  uploads.getUpload,
  uploads.appendToUpload,
  uploads.deleteUpload,
  jobs.listJobs,
  jobs.getJob,
  jobs.cancelJob,
  jobs.retryJob,
  jobs.deleteJob,
  events.watchJob,
  events.watchJobs,
  files.getJobAudio,
  files.createAudioLink,
  files.getSignedFile,
  files.download,
  archives.downloadZip,
  adminQueues.listQueues,
  adminQueues.listDeadLetters,
  adminQueues.getDeadLetter,
  adminQueues.replayDeadLetter,
  adminQueues.removeDeadLetter,
  adminStorage.getStorage,
  adminStorage.requestUpkeep,
  adminStorage.listFailures,
  adminStorage.listUsage,
  ...pages.pageEndpoints,
  docs.getOpenapi,
  docs.viewDocs,
  docs.viewProblems,
  docs.getDocsAsset,
]

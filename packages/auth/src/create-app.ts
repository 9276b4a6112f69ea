import {
  accounts,
  admin,
  apiKeys,
  browserSession,
  notices,
  operations,
  service,
  sessions,
  users,
  webhooks,
} from '@jackalope/contracts/api'
import { createEndpointRouter, createHttpApp, healthRoutes } from '@jackalope/service-kit'
import type Koa from 'koa'
import { authorize } from './access/authorize.ts'
import { identifyClient } from './access/identify-client.ts'
import type { UserState } from './access/require-user.ts'
import { getAccountMail } from './account-mails/get-account-mail.ts'
import { changeAccount } from './accounts/change-account.ts'
import { changeEmail, confirmEmail } from './accounts/change-email.ts'
import { changePassword } from './accounts/change-password.ts'
import { deleteAccount } from './accounts/delete-account.ts'
import { exportAccountRecords, getAccount } from './accounts/get-account.ts'
import { register } from './accounts/register.ts'
import { requestPasswordReset, resetPassword } from './accounts/reset-password.ts'
import { resendVerification, verifyEmail } from './accounts/verify-email.ts'
import { listUsers } from './admin/list-users.ts'
import { lockUser, unlockUser } from './admin/lock-user.ts'
import { recordOperation } from './admin/record-operation.ts'
import type { AppDeps } from './app-deps.ts'
import { listAudit, listAuditLog } from './audit/list-audit.ts'
import { createApiKey, exchangeApiKey, listApiKeys, revokeApiKey } from './routes/api-keys.ts'
import {
  endBrowserSession,
  exchangeBrowserSession,
  getAccountService,
  openBrowserSession,
  openGuestSession,
} from './routes/browser-sessions.ts'
import { getUser } from './routes/get-user.ts'
import { getWebhookParcel, recordWebhookEvent, reportWebhookAttempt } from './routes/internal-webhooks.ts'
import { jwks } from './routes/jwks.ts'
import { login } from './routes/login.ts'
import { getNotice, recordNotice, setNotices } from './routes/notices.ts'
import { refresh } from './routes/refresh.ts'
import { endSession, endSessions, listSessions, logout } from './routes/sessions.ts'
import { validate } from './routes/validate.ts'
import { getDelivery, listDeliveries, replayDelivery, testWebhook } from './routes/webhook-deliveries.ts'
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  rotateWebhookSecret,
} from './routes/webhooks.ts'

/** Auth's HTTP API. */
export function createApp(deps: AppDeps): Koa {
  const { logger, metrics, shutdown, database } = deps
  const app = createHttpApp({ logger, metrics })
  const router = createEndpointRouter<UserState>({ authorize: authorize(deps) })
    .serve(users.register, register(deps))
    .serve(users.login, login(deps))
    .serve(users.validateToken, validate(deps))
    .serve(users.jwks, jwks(deps))
    .serve(users.getUser, getUser(deps))
    .serve(sessions.refresh, refresh(deps))
    .serve(sessions.logout, logout(deps))
    .serve(sessions.listSessions, listSessions(deps))
    .serve(sessions.endSessions, endSessions(deps))
    .serve(sessions.endSession, endSession(deps))
    .serve(browserSession.openBrowserSession, openBrowserSession(deps))
    .serve(browserSession.openGuestSession, openGuestSession(deps))
    .serve(browserSession.exchangeBrowserSession, exchangeBrowserSession(deps))
    .serve(browserSession.endBrowserSession, endBrowserSession(deps))
    .serve(service.getAccountService, getAccountService(deps))
    .serve(apiKeys.listApiKeys, listApiKeys(deps))
    .serve(apiKeys.createApiKey, createApiKey(deps))
    .serve(apiKeys.revokeApiKey, revokeApiKey(deps))
    .serve(apiKeys.exchangeApiKey, exchangeApiKey(deps))
    .serve(webhooks.listWebhooks, listWebhooks(deps))
    .serve(webhooks.createWebhook, createWebhook(deps))
    .serve(webhooks.getWebhook, getWebhook(deps))
    .serve(webhooks.changeWebhook, changeWebhook(deps))
    .serve(webhooks.deleteWebhook, deleteWebhook(deps))
    .serve(webhooks.rotateWebhookSecret, rotateWebhookSecret(deps))
    .serve(webhooks.testWebhook, testWebhook(deps))
    .serve(webhooks.listDeliveries, listDeliveries(deps))
    .serve(webhooks.getDelivery, getDelivery(deps))
    .serve(webhooks.replayDelivery, replayDelivery(deps))
    .serve(webhooks.recordWebhookEvent, recordWebhookEvent(deps))
    .serve(webhooks.getWebhookParcel, getWebhookParcel(deps))
    .serve(webhooks.reportWebhookAttempt, reportWebhookAttempt(deps))
    .serve(notices.getNotice, getNotice(deps))
    .serve(notices.recordNotice, recordNotice(deps))
    .serve(notices.setNotices, setNotices(deps))
    .serve(accounts.getAccount, getAccount(deps))
    .serve(accounts.changeAccount, changeAccount(deps))
    .serve(accounts.deleteAccount, deleteAccount(deps))
    .serve(accounts.exportAccountRecords, exportAccountRecords(deps))
    .serve(accounts.changePassword, changePassword(deps))
    .serve(accounts.changeEmail, changeEmail(deps))
    .serve(accounts.confirmEmail, confirmEmail(deps))
    .serve(accounts.verifyEmail, verifyEmail(deps))
    .serve(accounts.resendVerification, resendVerification(deps))
    .serve(accounts.requestPasswordReset, requestPasswordReset(deps))
    .serve(accounts.resetPassword, resetPassword(deps))
    .serve(accounts.listAudit, listAudit(deps))
    .serve(accounts.getAccountMail, getAccountMail(deps))
    .serve(admin.listUsers, listUsers(deps))
    .serve(admin.lockUser, lockUser(deps))
    .serve(admin.unlockUser, unlockUser(deps))
    .serve(admin.listAuditLog, listAuditLog(deps))
    .serve(operations.recordOperation, recordOperation(deps))
  app.use(
    healthRoutes({
      checks: { mysql: database.check },
      // Without them mails wait; logins do not.
      optional: { jobs: deps.checkJobs },
      timeoutMs: 4_000,
      logger,
      shutdown,
    }),
  )
  app.use(identifyClient(deps.serviceToken))
  app.use(async (ctx, next) => {
    // Tokens and mail addresses must not be cached.
    ctx.set('Cache-Control', 'no-store')
    await next()
  })
  for (const middleware of router.routes()) app.use(middleware)
  return app
}

export {
  type AccountMailContent,
  type AccountMailKind,
  type AccountMailResult,
  accountMail,
  accountMailContent,
  accountMailInput,
  accountMailKind,
  accountMailObsolete,
  accountMailUnknown,
} from './account-mail.ts'
export type {
  AccountExport,
  AccountRecords,
  AccountView,
  AdminAuditList,
  AdminUser,
  AdminUserList,
  AuditEntryView,
  AuditList,
} from './accounts.ts'
export {
  type DeadLetterDetails,
  type DeadLetterPage,
  type DeadLetterReplay,
  type DeadLettersOfJob,
  type DeadLetterView,
  deadLetterDetails,
  deadLetterPage,
  deadLetterReplay,
  deadLettersOfJob,
} from './admin/dead-letter-view.ts'
export {
  type FailureExample,
  type FailureList,
  type FailureReason,
  failureList,
  failureReason,
} from './admin/failure-view.ts'
export { type Operation, type OperatorAction, operation, operatorAction } from './admin/operation.ts'
export { type QueueList, type QueueView, queueList, queueView } from './admin/queue-view.ts'
export { type StorageView, storageView } from './admin/storage-view.ts'
export { type UsageList, type UserUsage, usageList, userUsage } from './admin/usage-view.ts'
export {
  type ApiKeyHolder,
  type ApiKeyList,
  type ApiKeyView,
  apiKeyHolder,
  apiKeyList,
  apiKeyUnknown,
  type CreatedApiKey,
  createdApiKey,
  type NewApiKey,
} from './api-keys.ts'
export {
  type AttemptRecord,
  attemptEnded,
  attemptStarted,
  readAttempts,
} from './attempt-log.ts'
export { type AudioReadyResult, audioReady, audioReadyInput } from './audio-ready.ts'
export { type AuditAction, auditAction } from './audit-action.ts'
export {
  guestRole,
  type OpenedSession,
  openedSession,
  type SessionHolder,
  type SessionState,
  type SessionUser,
  type SignIn,
  type StartedSession,
  sessionHolder,
  sessionSecretUnknown,
  sessionState,
  sessionTokenHeader,
  sessionUser,
  signIn,
  startedSession,
} from './browser-session.ts'
export { type ClaimableVideos, claimEnd } from './claim-end.ts'
export {
  type AudioFormat,
  audioFormats,
  audioMediaTypes,
  maxMp3Kilobits,
  maxOpusMonoKilobits,
} from './conversion-choices.ts'
export {
  type ClaimedResult,
  type ConversionEnd,
  claimedResult,
  conversionEnd,
  endField,
  type LastAttempt,
  lastAttempt,
  maxRetries,
  readEnd,
  readResult,
  resultField,
  retriesOf,
  retryField,
  sourceExpiry,
} from './conversion-end.ts'
export {
  type ConversionFailedResult,
  conversionFailed,
  conversionFailedInput,
  jobIdOfFailure,
} from './conversion-failed.ts'
export {
  type ConversionFailure,
  canceledByOwner,
  canceledText,
  deletedByOwner,
  explainFinalFailure,
  isCanceled,
  isVerdict,
  type ToldFailure,
  videoDeletedReason,
} from './conversion-failure.ts'
export { type ConversionMailResult, conversionMail, conversionMailInput } from './conversion-mail.ts'
export {
  findOptionFault,
  type OptionFault,
  optionParameters,
  readOptionTexts,
} from './conversion-option-texts.ts'
export {
  audioFormat,
  type ConversionOptions,
  conversionOptions,
} from './conversion-options.ts'
export {
  type AudioTrack,
  audioTrack,
  type ConversionResult,
  type ConversionWarning,
  conversionResult,
  conversionWarning,
} from './conversion-result.ts'
export {
  type ConversionProgress,
  type ConversionStage,
  conversionProgress,
  convertVideo,
  convertVideoInput,
  jobIdOfVideo,
  videoIdOfJob,
  type WaitForUs,
  waitForUs,
} from './convert-video.ts'
export { type EraseAccountResult, eraseAccount, eraseAccountInput } from './erase-account.ts'
export {
  type Explained,
  type Explanation,
  type ExplanationCode,
  explained,
  textOf,
} from './explanations/index.ts'
export { explanation } from './explanations/schema.ts'
export { type InternalUser, internalUser } from './internal-user.ts'
export type {
  JobDeletedEvent,
  JobProgressEvent,
  JobStateEvent,
} from './job-event.ts'
export {
  type AudioExpiry,
  audioExpiry,
  isEnded,
  type JobDetails,
  type JobList,
  type JobState,
  type JobView,
  jobDetails,
  jobList,
  jobView,
} from './job-view.ts'
export {
  type AccountSettings,
  accountNotice,
  type Language,
  languages,
  mailOfNotice,
  type NoticeOutcome,
  type NoticeState,
  noticeState,
} from './notices.ts'
export { type OperatedQueueName, operatedQueueNames, operatedQueues } from './operated-queues.ts'
export {
  type AccountService,
  type AccountUsage,
  accountService,
  accountUsage,
  type ServiceInfo,
  serviceInfo,
} from './service-info.ts'
export {
  type AccessTokenResponse,
  accessTokenResponse,
  type SessionList,
  type SessionView,
  sessionList,
} from './sessions.ts'
export {
  type LinkOptions,
  linkLifetimeSeconds,
  minLinkSecretBytes,
  type SignedLink,
  signLink,
  verifyLink,
} from './sign-link.ts'
export { storageUpkeep, type UpkeepReport, upkeepReport } from './storage-upkeep.ts'
export {
  type AccessTokenClaims,
  accessTokenClaims,
  maxTokenLifeSeconds,
  minSecretBytes,
  sessionScope,
  type TokenAlgorithm,
  tokenAlgorithms,
  tokenAudience,
  tokenIssuer,
  tokenType,
} from './tokens/access-token.ts'
export { isApiKey, isMeantAsApiKey, makeApiKey } from './tokens/api-key.ts'
export { type RequestUser, userOfClaims, userOfSession } from './tokens/request-user.ts'
export { apiKeyScopes, guestScopes, parseScope, type Scope, scopes } from './tokens/scopes.ts'
export { keyIdOfSecret, secretKeys } from './tokens/secret-keys.ts'
export { isSessionToken, makeSessionToken } from './tokens/session-token.ts'
export { readTokenHeader, type TokenHeader } from './tokens/token-header.ts'
export { unsubscribeUrl, userOfUnsubscribeToken } from './unsubscribe-token.ts'
export {
  maxPasswordLength,
  minPasswordLength,
  type Registration,
  registration,
  type User,
  user,
  userUnknown,
} from './users.ts'
export {
  type AttemptReport,
  attemptVerdict,
  deliveryObsolete,
  deliveryUnknown,
  jobIdOfDelivery,
  type WebhookDeliveryResult,
  type WebhookNews,
  type WebhookParcel,
  webhookDelivery,
  webhookDeliveryInput,
  webhookParcel,
} from './webhook-delivery.ts'
export {
  type CreatedWebhook,
  createdWebhook,
  type DeliveryAttempt,
  type DeliveryDetails,
  type DeliveryList,
  type DeliveryState,
  type DeliveryView,
  deliveryDetails,
  deliveryList,
  deliveryView,
  type NewWebhook,
  type WebhookChanges,
  type WebhookDisabledReason,
  type WebhookEvent,
  type WebhookEventType,
  type WebhookList,
  type WebhookView,
  webhookEvents,
  webhookList,
  webhookView,
} from './webhooks.ts'

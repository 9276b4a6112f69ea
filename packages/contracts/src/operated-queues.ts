import { accountMail } from './account-mail.ts'
import { audioReady } from './audio-ready.ts'
import { conversionFailed } from './conversion-failed.ts'
import { conversionMail } from './conversion-mail.ts'
import { convertVideo } from './convert-video.ts'
import { eraseAccount } from './erase-account.ts'
import { storageUpkeep } from './storage-upkeep.ts'
import { webhookDelivery } from './webhook-delivery.ts'

/** All queues of the service, in the order in which operators look at them. */
export const operatedQueues = [
  convertVideo,
  audioReady,
  conversionFailed,
  conversionMail,
  webhookDelivery,
  accountMail,
  eraseAccount,
  storageUpkeep,
] as const

export const operatedQueueNames = [
  'video.convert',
  'audio.ready',
  'conversion.failed',
  'conversion.mail',
  'webhook.deliver',
  'account.mail',
  'account.erase',
  'storage.upkeep',
] as const
export type OperatedQueueName = (typeof operatedQueueNames)[number]

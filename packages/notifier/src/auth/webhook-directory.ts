import {
  type AttemptReport,
  attemptVerdict,
  type DeliveryState,
  deliveryObsolete,
  deliveryUnknown,
  type WebhookNews,
  type WebhookParcel,
  webhookParcel,
} from '@jackalope/contracts'
import { z } from 'zod'
import { NotifierError } from '../notifier-error.ts'
import { type AuthOptions, askAuth } from './ask-auth.ts'

/** What auth knows of the users' webhooks. All methods
 *  @throws {NotifierError} `ERR_AUTH_REFUSED`, `ERR_AUTH_UNAVAILABLE` */
export interface WebhookDirectory {
  /** Has a user's endpoints told of something, once however often it is told; gives how many are. */
  tell(news: WebhookNews, signal: AbortSignal): Promise<number>
  /** What a delivery sends, and where.
   *  @throws {NotifierError} `ERR_DELIVERY_OBSOLETE` as well */
  find(delivery: { deliveryId: string; round: number }, signal: AbortSignal): Promise<WebhookParcel>
  /** Tells what came of an attempt; gives how the delivery is now.
   *  @throws {NotifierError} `ERR_DELIVERY_OBSOLETE` as well */
  report(deliveryId: string, report: AttemptReport, signal: AbortSignal): Promise<DeliveryState>
}

const recorded = z.object({ deliveries: z.number() })

export function createWebhookDirectory(options: AuthOptions): WebhookDirectory {
  const obsolete = () => new NotifierError('ERR_DELIVERY_OBSOLETE', 'it need not be delivered any more')
  const gone = () =>
    new NotifierError('ERR_DELIVERY_OBSOLETE', 'the webhook was deleted, or the delivery is too old')
  const verdicts = { [deliveryObsolete]: obsolete, [deliveryUnknown]: gone }
  return {
    async tell(news, signal) {
      const question = {
        ...{ method: 'POST', path: '/internal/webhook-events', body: news },
        ...{ what: `the webhooks of event ${news.id}`, schema: recorded, isRight: () => true, verdicts: {} },
      }
      return (await askAuth(options, question, signal)).deliveries
    },
    find({ deliveryId, round }, signal) {
      const question = {
        path: `/internal/webhook-deliveries/${encodeURIComponent(deliveryId)}?round=${round}`,
        ...{ what: `delivery ${deliveryId}`, schema: webhookParcel, verdicts },
        isRight: ({ id }: WebhookParcel) => id === deliveryId,
      }
      return askAuth(options, question, signal)
    },
    async report(deliveryId, report, signal) {
      const path = `/internal/webhook-deliveries/${encodeURIComponent(deliveryId)}/attempts`
      const question = {
        ...{ method: 'POST', path, body: report },
        ...{
          what: `an attempt of delivery ${deliveryId}`,
          schema: attemptVerdict,
          isRight: () => true,
          verdicts,
        },
      }
      return (await askAuth(options, question, signal)).state
    },
  }
}

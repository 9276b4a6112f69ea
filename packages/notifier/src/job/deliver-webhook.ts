import type { AttemptReport, WebhookDeliveryResult, webhookDeliveryInput } from '@jackalope/contracts'
import type { Networks } from '@jackalope/service-kit'
import { type JobContext, type JobHandler, PostponeError } from '@jackalope/worker-kit'
import type { Logger } from 'pino'
import type { z } from 'zod'
import type { WebhookDirectory } from '../auth/webhook-directory.ts'
import { NotifierError } from '../notifier-error.ts'
import type { OwnerTurns } from '../webhook/owner-turns.ts'
import { postWebhook } from '../webhook/post-webhook.ts'
import { signatureHeaders } from '../webhook/sign-webhook.ts'

export interface DeliverWebhookDeps {
  directory: WebhookDirectory
  turns: OwnerTurns
  /** Networks that the operator allows besides the public internet. */
  allowed: Networks | undefined
  logger: Logger
}

type Delivery = z.output<typeof webhookDeliveryInput>
export type WebhookHandler = JobHandler<Delivery, WebhookDeliveryResult>

/** Sends an event to an endpoint, and tells auth what came of it. An endpoint that fails is tried again as the job's definition
 *  says, and auth keeps the end: it makes no dead letter, which only an operator would see. */
export function deliverWebhook(deps: DeliverWebhookDeps): WebhookHandler {
  return async context => {
    const { data } = context
    const { leave, waitMs } = deps.turns.enter(data.ownerId)
    if (!leave) throw new PostponeError(waitMs, "the owner's turn")
    try {
      const report = data.unreported ?? (await attempt(context, deps))
      return await conclude(report, context, deps)
    } catch (error) {
      if (!(error instanceof NotifierError && error.code === 'ERR_DELIVERY_OBSOLETE')) throw error
      return { delivered: false, reason: error.message }
    } finally {
      leave()
    }
  }
}

/** One request. */
async function attempt(
  { data, attempt, attempts, signal }: JobContext<Delivery>,
  { directory, allowed, logger }: DeliverWebhookDeps,
): Promise<AttemptReport> {
  const { eventId: id, url, body, secrets, notBefore } = await directory.find(data, signal)
  const waitMs = notBefore === undefined ? 0 : Date.parse(notBefore) - Date.now()
  // It loses no attempt: nothing is sent.
  if (waitMs > 0) throw new PostponeError(Math.ceil(waitMs), 'the receiver wants nothing yet')
  const sentAt = new Date()
  const began = performance.now()
  const headers = {
    'Content-Type': 'application/json',
    'User-Agent': 'Jackalope-Webhooks/1.0',
    ...signatureHeaders({ id, sentAt, body }, secrets),
  }
  const { failure, ...outcome } = await postWebhook({ url, headers, body }, { allowed, signal })
  const durationMs = Math.round(performance.now() - began)
  const { status } = outcome
  logger.info({ deliveryId: data.deliveryId, status, error: failure?.text, durationMs }, 'webhook sent')
  return {
    ...{ round: data.round, at: sentAt.toISOString(), durationMs, ...outcome },
    ...(failure && { error: failure.text, explanation: failure.explanation }),
    isLast: attempt >= attempts,
  }
}

/** Tells auth of an attempt, and says how the job goes on. */
async function conclude(
  report: AttemptReport,
  context: JobContext<Delivery>,
  { directory }: DeliverWebhookDeps,
): Promise<WebhookDeliveryResult> {
  const { data, signal, job } = context
  const isDelivered = report.error === undefined
  try {
    const state = await directory.report(data.deliveryId, report, signal)
    if (isDelivered) return { delivered: true, status: report.status ?? 0 }
    if (state !== 'pending') return { delivered: false, reason: report.error ?? '' }
  } catch (error) {
    const isObsolete = error instanceof NotifierError && error.code === 'ERR_DELIVERY_OBSOLETE'
    // The next attempt tells auth, instead of sending once more.
    if (isDelivered && !isObsolete) await job.updateData({ ...data, unreported: report })
    throw error
  }
  throw new Error(`The webhook was not delivered: ${report.error}`)
}

import { z } from 'zod'
import { auditAction } from '../audit-action.ts'

/** What an admin does to the service, and not to an account. */
export const operatorAction = auditAction.extract([
  'dead-letter-replayed',
  'dead-letter-removed',
  'upkeep-requested',
])
export type OperatorAction = z.infer<typeof operatorAction>

/** Body of auth's `POST /internal/operations`. */
export const operation = z.object({
  /** The admin. */
  actorId: z.uuid(),
  action: operatorAction,
  /** Of the admin. */
  clientAddress: z.string().max(45).optional(),
  userAgent: z.string().max(1_000).optional(),
  /** Such as the queue and the job's id. Never a secret. */
  detail: z.record(z.string().max(40), z.string().max(300)).optional(),
})
export type Operation = z.infer<typeof operation>

import { defineJob } from '@jackalope/worker-kit/job'
import { z } from 'zod'
import { audioReadyInput } from './audio-ready.ts'
import { explanation } from './explanations/schema.ts'
import { mailRetries } from './mail-retries.ts'

const ready = audioReadyInput.extend({ about: z.literal('ready') })

const failed = z.object({
  about: z.literal('failed'),
  ownerId: z.string(),
  /** Id of the conversion's job. */
  jobId: z.string(),
  /** Names the failure: it is mailed once, whenever it is told. */
  failureId: z.string(),
  fileName: z.string().optional(),
  /** Why it failed, in words for the owner. */
  reason: z.string(),
  explanation: explanation.optional(),
})

export const conversionMailInput = z.discriminatedUnion('about', [ready, failed])

/** Whether a mail was sent. */
export type ConversionMailResult = { sent: true; messageId: string } | { sent: false; reason: string }

/** Mails the owner of a file how its conversion ended. The notifier adds this job when the owner's webhooks have been told: a mail server
 *  that takes minutes must not hold those up. */
export const conversionMail = defineJob<
  z.input<typeof conversionMailInput>,
  z.output<typeof conversionMailInput>,
  ConversionMailResult
>({
  name: 'conversion.mail',
  input: conversionMailInput,
  ...mailRetries,
})

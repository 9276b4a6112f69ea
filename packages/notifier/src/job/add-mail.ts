import type { conversionMailInput } from '@jackalope/contracts'
import type { z } from 'zod'

type ConversionMail = z.input<typeof conversionMailInput>

/** The part of the queue `conversion.mail` that is used here. */
export interface ConversionMailQueue {
  add(data: ConversionMail, options: { jobId: string }): Promise<unknown>
}

/** Has an owner mailed. Added twice, the job runs once: its id is made of what the mail tells.
 *  @param id - names what the mail tells, without `:` */
export async function addMail(queue: ConversionMailQueue, data: ConversionMail, id: string): Promise<void> {
  try {
    await queue.add(data, { jobId: id })
  } catch (error) {
    // The job is recorded in Redis; a worker publishes its message later.
    if ((error as { code?: unknown }).code !== 'ERR_PUBLISH_UNCONFIRMED') throw error
  }
}

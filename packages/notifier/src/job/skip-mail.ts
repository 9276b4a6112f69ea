import type { Logger } from 'pino'

/** Handles jobs when `MAIL=off`: sends nothing, and says so in the job's result. */
export function skipMail(logger: Logger) {
  return async ({ data }: { data: { jobId: string } | { mailId: string } }) => {
    const subject = 'jobId' in data ? { conversionJobId: data.jobId } : { mailId: data.mailId }
    logger.info(subject, 'no mail sent: MAIL=off')
    return { sent: false as const, reason: 'MAIL=off' }
  }
}

import { setTimeout as delay } from 'node:timers/promises'
import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq'
import { Logger } from '@nestjs/common'
import { type Job, UnrecoverableError } from 'bullmq'

@Processor('emails', { concurrency: 5 })
export class EmailsProcessor extends WorkerHost {
  private readonly logger = new Logger(EmailsProcessor.name)

  async process(job: Job): Promise<unknown> {
    if (job.name === 'digest') return { mails: Object.keys(await job.getChildrenValues()).length }
    if (job.data.greylisted && job.attemptsMade === 0) throw new Error('try again later')
    if (job.data.to === 'nobody@example.com') throw new UnrecoverableError('there is no such mailbox')
    await delay(job.data.sendingMs ?? 0)
    return { sentTo: job.data.to }
  }

  @OnWorkerEvent('active')
  onActive(job: Job): void {
    this.logger.log(`started ${job.id}`)
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.logger.error(error.message)
  }
}

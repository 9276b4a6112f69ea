import { OnQueueEvent, QueueEventsHost, QueueEventsListener } from '@nestjs/bullmq'
import { Logger } from '@nestjs/common'

/** Hears of the jobs of all workers, in whatever process they run. */
@QueueEventsListener('emails')
export class EmailsListener extends QueueEventsHost {
  private readonly logger = new Logger(EmailsListener.name)

  @OnQueueEvent('completed')
  onCompleted({ jobId, returnvalue }: { jobId: string; returnvalue: unknown }): void {
    this.logger.log(`completed ${jobId}: ${JSON.stringify(returnvalue)}`)
  }

  @OnQueueEvent('failed')
  onFailed({ jobId, failedReason }: { jobId: string; failedReason: string }): void {
    this.logger.log(`failed ${jobId}: ${failedReason}`)
  }
}

import './rabbitmq.ts'
import { BullModule } from '@nestjs/bullmq'
import { Module } from '@nestjs/common'
import { EmailsListener } from './emails.listener.ts'
import { EmailsProcessor } from './emails.processor.ts'
import { EmailsService } from './emails.service.ts'

@Module({
  imports: [
    BullModule.forRoot({
      connection: { url: process.env.REDIS_URL ?? 'redis://localhost' },
      prefix: process.env.PREFIX,
      defaultJobOptions: { attempts: 3, backoff: { type: 'exponential', delay: 100 } },
    }),
    BullModule.registerQueue({ name: 'emails' }),
    BullModule.registerFlowProducer({ name: 'digests' }),
  ],
  providers: [EmailsProcessor, EmailsListener, EmailsService],
})
export class EmailsModule {}

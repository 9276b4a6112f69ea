import { InjectFlowProducer, InjectQueue } from '@nestjs/bullmq'
import { Injectable } from '@nestjs/common'
import type { FlowProducer, Job, Queue } from 'bullmq'

@Injectable()
export class EmailsService {
  readonly #emails: Queue
  readonly #digests: FlowProducer

  constructor(@InjectQueue('emails') emails: Queue, @InjectFlowProducer('digests') digests: FlowProducer) {
    this.#emails = emails
    this.#digests = digests
  }

  /** Resolves when Redis has recorded the job and RabbitMQ has confirmed its message. */
  welcome(to: string): Promise<Job> {
    return this.#emails.add('welcome', { to })
  }

  /** One mail to each, and a digest when all are sent. */
  async digest(addresses: string[]): Promise<void> {
    const mail = (to: string) => ({ name: 'welcome', queueName: 'emails', data: { to } })
    await this.#digests.add({
      name: 'digest',
      queueName: 'emails',
      opts: { jobId: 'digest' },
      children: addresses.map(mail),
    })
  }
}

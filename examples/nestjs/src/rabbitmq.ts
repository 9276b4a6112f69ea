// Imported before any module is declared: @nestjs/bullmq makes its objects by these classes.
import { createRabbitmqBackend } from '@jackalope/worker-kit'
import { BullModule } from '@nestjs/bullmq'
import { withBackend } from 'bullmq'

const { Queue, Worker, FlowProducer } = withBackend(
  createRabbitmqBackend({ url: process.env.AMQP_URL ?? 'amqp://localhost' }),
)
BullModule.queueClass = Queue
BullModule.workerClass = Worker
BullModule.flowProducerClass = FlowProducer
// QueueEvents has no static and needs none: events are read from Redis, as ever.

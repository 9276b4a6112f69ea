// The one line: import the classes from this file where you imported them from 'bullmq'.
import { createRabbitmqBackend } from '@jackalope/worker-kit'
import { withBackend } from 'bullmq'

export const { Queue, Worker, QueueEvents, FlowProducer } = withBackend(
  createRabbitmqBackend({ url: process.env.AMQP_URL ?? 'amqp://localhost' }),
)

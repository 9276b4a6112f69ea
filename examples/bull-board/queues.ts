import { createRabbitmqBackend } from '@jackalope/worker-kit'
import { withBackend } from 'bullmq'

const { AMQP_URL = 'amqp://localhost', REDIS_URL = 'redis://localhost', PREFIX: prefix } = process.env
const { Queue } = withBackend(createRabbitmqBackend({ url: AMQP_URL }))

/** What the board shows. All share one pair of connections to RabbitMQ. */
export const queues = ['emails', 'digests'].map(
  name => new Queue(name, { connection: { url: REDIS_URL }, prefix }),
)
for (const queue of queues) queue.on('error', error => console.error(queue.name, error.message))

// The switch, and the way back: with AMQP_URL a process is on RabbitMQ, without it on Redis alone as before.
import { createRabbitmqBackend } from '@jackalope/worker-kit'
import { type BackendFactory, createRedisBackend, withBackend } from 'bullmq'

const { AMQP_URL } = process.env
const backend: BackendFactory = AMQP_URL ? createRabbitmqBackend({ url: AMQP_URL }) : createRedisBackend

export const { Queue, Worker, QueueEvents, FlowProducer } = withBackend(backend)

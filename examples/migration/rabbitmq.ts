// The switch, and the way back: with AMQP_URL a process is on RabbitMQ, without it on Redis alone as before.
// The first import of every program: what makes a queue or a worker must come after it.
import { createRabbitmqBackend } from '@jackalope/worker-kit'
import { setDefaultBackendFactory } from 'bullmq'

const { AMQP_URL } = process.env
if (AMQP_URL) setDefaultBackendFactory(createRabbitmqBackend({ url: AMQP_URL }))

// Imported before any module is declared: @nestjs/bullmq makes its objects by BullMQ's classes, which are on RabbitMQ from here on.
import { createRabbitmqBackend } from '@jackalope/worker-kit'
import { setDefaultBackendFactory } from 'bullmq'

setDefaultBackendFactory(createRabbitmqBackend({ url: process.env.AMQP_URL ?? 'amqp://localhost' }))

/** Producers that need RabbitMQ alone. Nothing here loads bullmq or ioredis. */
export { WorkerKitError, type WorkerKitErrorCode } from '../errors.ts'
export { connectProducer, type ProducerOptions } from './connect-producer.ts'
export type { Producer } from './producer.ts'
export type { JobToProduce, ProducedJob, ProducerJobOptions, ProducerQueue } from './producer-queue.ts'

export { UnrecoverableError } from 'bullmq'
export type {
  BrokerAddresses,
  BrokerAddressParts,
  BrokerAddressSource,
  BrokerUrl,
} from './amqp/broker-addresses.ts'
export type { DeadLetterBound, QueueType } from './amqp/topology.ts'
export { deadLettersOf } from './backend/backend-of.ts'
export { createRabbitmqBackend } from './backend/create-rabbitmq-backend.ts'
export { RabbitmqQueueBackend } from './backend/rabbitmq-queue-backend.ts'
export type { RabbitmqBackendOptions } from './backend/settings.ts'
export { connectProducer, type ProducerOptions } from './broker-producer/connect-producer.ts'
export type { Producer } from './broker-producer/producer.ts'
export type {
  JobToProduce,
  ProducedJob,
  ProducerJobOptions,
  ProducerQueue,
} from './broker-producer/producer-queue.ts'
export { type CancelOutcome, cancelJob } from './cancel/cancel-job.ts'
export type {
  DeadJob,
  DeadJobStatus,
  DeadLetter,
  Failure,
  MalformedMessage,
} from './dead-letters/dead-letter.ts'
export type { DeadLetterSelection } from './dead-letters/dead-letter-selection.ts'
export type { DeadLetterPage, DeadLetters } from './dead-letters/dead-letters.ts'
export type { Replay, ReplayOptions, ReplayOutcome } from './dead-letters/replayer.ts'
export type { DeadJobNotice } from './dead-letters/subscription.ts'
export { WorkerKitError, type WorkerKitErrorCode } from './errors.ts'
export { isCancellation } from './job/cancellation.ts'
export { jobOptions } from './job/job-options.ts'
export { type ConnectOptions, connect } from './kit/connect.ts'
export type { EventFeed, EventFeedOptions, QueueEvent } from './kit/event-feed.ts'
export { type AddedFlow, type FlowNode, flowNode } from './kit/flows.ts'
export type { JobEvent, JobEventListener, JobEventName } from './kit/job-events.ts'
export type { Kit, Traffic } from './kit/kit.ts'
export { PostponeError } from './kit/postpone-error.ts'
export type { BrokerStats, QueueStats } from './kit/queue-stats.ts'
export type { RedisSource } from './kit/redis-connections.ts'
export type { JobContext, JobHandler } from './kit/run-handler.ts'
export type { AddedJob, TypedQueue } from './kit/typed-queue.ts'
export type { TypedWorker, WorkOptions } from './kit/typed-worker.ts'
export type { Logger } from './logger.ts'
export type { RabbitmqJobsOptions, RecordOn } from './producer/record-on.ts'
export type { JobState, SeenJob } from './redis/commands/read-jobs.ts'

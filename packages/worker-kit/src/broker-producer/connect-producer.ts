import type { Telemetry } from 'bullmq'
import { Broker } from '../amqp/broker.ts'
import { type BrokerOption, brokerOptionRules, brokerSource } from '../amqp/broker-option.ts'
import { reachBroker } from '../amqp/reach-broker.ts'
import {
  backendOptionRules,
  processOptionRules,
  type RabbitmqBackendOptions,
  topologySettings,
} from '../backend/settings.ts'
import { findFaults, isObject, refuseFaults } from '../check-options.ts'
import { type Logger, silentLogger } from '../logger.ts'
import { Producer } from './producer.ts'

export type ProducerOptions = BrokerOption &
  Pick<
    RabbitmqBackendOptions,
    'queueType' | 'confirmTimeoutMs' | 'maxMessageBytes' | 'consumerTimeoutMs' | 'fastPublish'
  > & {
    /** Prefix of the queues' names, as the workers have it. @default 'bull' */
    prefix?: string
    /** How long to wait for RabbitMQ, in milliseconds. Integer from 1 to 2,147,483,647. @default 10_000 */
    connectTimeoutMs?: number
    /** @default silent */
    logger?: Logger
    /** BullMQ's interface to traces, such as `new BullMQOtel({ tracerName: 'my-service' })` of bullmq-otel. @default none */
    telemetry?: Telemetry
  }

/** Connects a producer to RabbitMQ. It needs no Redis: its jobs are recorded by the workers that start them. When the connection is
 *  lost later, it is restored.
 *  @throws {WorkerKitError} `ERR_CONNECT` with the cause when RabbitMQ could not be reached in time, at once when it refuses user,
 *    password or virtual host; `ERR_INVALID_DEFINITION` naming every option that is out of range */
export async function connectProducer(options: ProducerOptions): Promise<Producer> {
  refuseFaults('connectProducer', producerOptionFaults(options))
  const { producer, reach } = openProducer(options)
  try {
    await reach()
  } catch (error) {
    await producer.close()
    throw error
  }
  return producer
}

export interface OpenProducer {
  producer: Producer
  /** Resolves when RabbitMQ answers. May be called again; ends when the producer is closed.
   *  @throws {WorkerKitError} `ERR_CONNECT` when it does not in time, `ERR_CLOSED` */
  reach(): Promise<void>
}

/** A producer that has not connected yet.
 *  @param options - without faults */
export function openProducer(options: ProducerOptions): OpenProducer {
  const { prefix = 'bull', connectTimeoutMs = 10_000, logger = silentLogger, telemetry, ...rest } = options
  const { amqpUrl: _, amqp: __, ...settings } = rest
  const url = brokerSource(options)
  const broker = new Broker({ ...settings, url, logger })
  const producer = new Producer({
    broker,
    prefix,
    telemetry,
    settings: topologySettings({ ...settings, url }),
  })
  return { producer, reach: () => reachBroker(broker, url, { timeoutMs: connectTimeoutMs, consumes: false }) }
}

/** What is wrong with the options of a producer: one sentence for each. */
export function producerOptionFaults(options: ProducerOptions): string[] {
  const given: Partial<ProducerOptions> = isObject(options) ? options : {}
  const { recordOn: _, deadLetters: __, ...rules } = backendOptionRules
  return findFaults(options, {
    ...brokerOptionRules(given),
    ...rules,
    ...processOptionRules,
  })
}

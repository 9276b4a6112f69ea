import { openAmqplibProducer, openAmqplibWorker } from './amqplib.ts'
import { openBullmqProducer, openBullmqWorker } from './bullmq.ts'
import type { Access, ProducerSide, WorkerHandlers, WorkerSide } from './side.ts'

export function openProducer(access: Access, queue: string): Promise<ProducerSide> {
  return access.kind === 'amqplib' ? openAmqplibProducer(access, queue) : openBullmqProducer(access, queue)
}

export function openWorker(
  access: Access,
  queue: string,
  concurrency: number,
  handlers: WorkerHandlers,
): Promise<WorkerSide> {
  return access.kind === 'amqplib'
    ? openAmqplibWorker(access, queue, concurrency, handlers)
    : openBullmqWorker(access, queue, concurrency, handlers)
}

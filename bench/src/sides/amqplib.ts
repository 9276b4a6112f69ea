import { connect } from 'amqplib'
import { queueMessages } from './messages.ts'
import type { Access, JobData, ProducerSide, WorkerHandlers, WorkerSide } from './side.ts'

type AmqplibAccess = Extract<Access, { kind: 'amqplib' }>

/** RabbitMQ without any framework: a persistent message, confirmed. */
export async function openAmqplibProducer(access: AmqplibAccess, name: string): Promise<ProducerSide> {
  const connection = await connect(access.amqpUrl, { noDelay: true })
  const channel = await connection.createConfirmChannel()
  await channel.assertQueue(name, { durable: true, arguments: { 'x-queue-type': access.queueType } })

  const publish = (data: JobData) =>
    new Promise<void>((resolve, reject) => {
      const options = { persistent: true, mandatory: true, contentType: 'application/json' }
      channel.publish('', name, Buffer.from(JSON.stringify(data)), options, error =>
        error ? reject(error) : resolve(),
      )
    })

  return {
    add: publish,
    async addBulk(list) {
      await Promise.all(list.map(publish))
    },
    async inspect() {
      return { unfinished: 0, messages: await queueMessages(access.amqpUrl, name) }
    },
    async remove() {
      await channel.deleteQueue(name)
      await connection.close()
    },
  }
}

/** One acknowledgement for each message; the prefetch is the concurrency. */
export async function openAmqplibWorker(
  access: AmqplibAccess,
  name: string,
  concurrency: number,
  { handle, onDone, onError }: WorkerHandlers,
): Promise<WorkerSide> {
  const connection = await connect(access.amqpUrl, { noDelay: true })
  connection.on('error', onError)
  const channel = await connection.createChannel()
  channel.on('error', onError)
  await channel.prefetch(concurrency)
  return {
    async run() {
      await channel.consume(name, message => {
        if (!message) return onError(new Error(`the broker canceled the consumer of ${name}`))
        const data = JSON.parse(message.content.toString()) as JobData
        handle(data).then(() => {
          channel.ack(message)
          onDone(data)
        }, onError)
      })
    },
    async close() {
      // A busy quorum queue's channel forgets acknowledgements that it has not passed on when it closes. A new consumer of the same
      // channel is answered behind them.
      await channel.consume(name, () => undefined)
      await channel.close()
      await connection.close()
    },
  }
}

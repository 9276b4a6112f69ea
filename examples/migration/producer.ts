// The application's producer: a job every 20 ms, until it is told to stop.
import './rabbitmq.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { Queue } from 'bullmq'

const { REDIS_URL: url = 'redis://localhost', PREFIX: prefix } = process.env

const queue = new Queue('emails', { connection: { url }, prefix })
queue.on('error', error => console.error(error.message))
let isStopping = false
process.once('SIGTERM', () => {
  isStopping = true
})
while (!isStopping) {
  const { id } = await queue.add('welcome', { to: 'ada@example.com' })
  console.log(id)
  await delay(20)
}
await queue.close()

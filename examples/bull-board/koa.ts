// bull-board on Koa: AMQP_URL=... REDIS_URL=... PORT=3000 node examples/bull-board/koa.ts
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { KoaAdapter } from '@bull-board/koa'
import Koa from 'koa'
import { queues } from './queues.ts'

const board = new KoaAdapter().setBasePath('/board')
createBullBoard({ queues: queues.map(queue => new BullMQAdapter(queue)), serverAdapter: board })

const app = new Koa()
// Your authentication belongs before this line: who sees the board may remove jobs.
app.use(board.registerPlugin())

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
await once(server, 'listening')
console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/board`)

process.once('SIGTERM', async () => {
  server.close()
  server.closeAllConnections()
  await Promise.all(queues.map(queue => queue.close()))
})

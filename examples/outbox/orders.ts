// A job that belongs to a transaction: the receipt of an order is sent if, and only if, the order is stored.
//   AMQP_URL=amqp://localhost REDIS_URL=redis://localhost MYSQL_URL=mysql://localhost/shop node examples/outbox/orders.ts
import { connect } from '@jackalope/worker-kit'
import { defineJob } from '@jackalope/worker-kit/job'
import { createOutbox, sequelizeStore } from '@jackalope/worker-kit/outbox'
import { DataTypes, Sequelize } from 'sequelize'
import { z } from 'zod'

const { AMQP_URL: amqpUrl = 'amqp://localhost', REDIS_URL: redisUrl = 'redis://localhost' } = process.env
const { MYSQL_URL = 'mysql://localhost/shop', PREFIX: prefix } = process.env

const sendReceipt = defineJob({
  name: 'receipt.send',
  input: z.object({ orderId: z.int(), to: z.email() }),
  attempts: 5,
  backoff: { type: 'exponential', delayMs: 1_000 },
})

const sequelize = new Sequelize(MYSQL_URL, { dialect: 'mysql', logging: false })
const Order = sequelize.define('order', { item: DataTypes.STRING, pieces: DataTypes.INTEGER })
await Order.sync()

const outbox = createOutbox({ store: sequelizeStore(sequelize) })
await outbox.migrate()
const relay = outbox.relay({ amqpUrl, prefix })

/** Stores an order, and has its receipt sent. */
async function placeOrder(item: string, pieces: number): Promise<void> {
  await sequelize.transaction(async transaction => {
    const order = await Order.create({ item, pieces }, { transaction })
    const orderId = order.get('id') as number
    await outbox.add(sendReceipt, { orderId, to: 'ada@example.com' }, { transaction })
    if (pieces > 100) throw new Error(`there are not ${pieces} of ${item}`)
  })
}

const kit = await connect({ amqpUrl, redisUrl, prefix })
const sent = Promise.withResolvers<void>()
kit.work(sendReceipt, async ({ data }) => {
  const order = await Order.findByPk(data.orderId)
  console.log(`receipt for ${order?.get('pieces')} of ${order?.get('item')}`)
  if (order?.get('item') === 'horns') sent.resolve()
})

await placeOrder('carrots', 3)
await placeOrder('rabbits', 1_000).catch(({ message }: Error) => console.log(message))
await placeOrder('horns', 2)

await sent.promise
await relay.close()
await kit.close()
await sequelize.close()

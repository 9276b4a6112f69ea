import type { AddressName } from '../server-set.ts'

/** Address of a server that all tests share.
 *  @throws {Error} when it is not set */
export function serverUrl(name: AddressName): string {
  const url = process.env[name]
  if (!url) throw new Error(`${name} is not set: run the tests through ./jackalope test`)
  return url
}

/** Address of the shared RabbitMQ.
 *  @throws {Error} when `AMQP_URL` is not set */
export const amqpUrl = () => serverUrl('AMQP_URL')

/** Address of the shared Redis.
 *  @throws {Error} when `REDIS_URL` is not set */
export const redisUrl = () => serverUrl('REDIS_URL')

/** Address of the shared MariaDB.
 *  @throws {Error} when `MYSQL_URL` is not set */
export const mysqlUrl = () => serverUrl('MYSQL_URL')

/** Address of the shared MongoDB.
 *  @throws {Error} when `MONGODB_URL` is not set */
export const mongodbUrl = () => serverUrl('MONGODB_URL')

/** Why a test that needs MongoDB is skipped; `false` when it is not. */
export const noMongodb = process.env.BLOB_STORE === 'disk' && 'BLOB_STORE=disk: there is no MongoDB'

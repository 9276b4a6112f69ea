/** Addresses of the servers that the tests run against.
 *  @throws {Error} when they are not set. */
export const amqpUrl = () => address('AMQP_URL')
export const redisUrl = () => address('REDIS_URL')

function address(name: 'AMQP_URL' | 'REDIS_URL'): string {
  const url = process.env[name]
  if (!url) throw new Error(`${name} is not set: run the tests through ./jackalope test`)
  return url
}

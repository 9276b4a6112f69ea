/** Address of a server that the tests run against.
 *  @throws {Error} when it is not set. */
export function address(name: 'AMQP_URL' | 'REDIS_URL'): string {
  const url = process.env[name]
  if (!url) throw new Error(`${name} is not set: run the tests through ./jackalope test`)
  return url
}

import { findFreePort, type RabbitmqServer } from '@jackalope/local-servers'
import type { Certificates } from './certificates.ts'

/** Makes a running RabbitMQ listen for `amqps://` too.
 *  @returns the port */
export async function addTlsListener(
  server: RabbitmqServer,
  { caFile, certFile, keyFile }: Certificates,
): Promise<number> {
  const port = await findFreePort()
  const files = `{cacertfile, "${caFile}"}, {certfile, "${certFile}"}, {keyfile, "${keyFile}"}`
  await server.control(
    'eval',
    `{ok, _} = application:ensure_all_started(ssl),
     rabbit_networking:start_ssl_listener({"127.0.0.1", ${port}}, [${files}, {verify, verify_none}], 1).`,
  )
  return port
}

import { Socket } from 'node:net'

/** The socket of an amqplib connection; `undefined` if amqplib keeps it elsewhere, since its types do not name it. */
export function socketOf(connection: object): Socket | undefined {
  return 'stream' in connection && connection.stream instanceof Socket ? connection.stream : undefined
}

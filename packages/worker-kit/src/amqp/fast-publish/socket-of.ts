import { Socket } from 'node:net'

/** The socket of amqplib's connection, which is no part of its types. */
export function socketOf(connection: object): Socket | undefined {
  return 'stream' in connection && connection.stream instanceof Socket ? connection.stream : undefined
}

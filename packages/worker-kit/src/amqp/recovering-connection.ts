import { type ChannelModel, connect, type RecoveringChannelModel } from 'amqplib'
import { WorkerKitError } from '../errors.ts'

/** amqplib's private function that opens each connection. Its types do not declare it. */
interface Core {
  _openModel?: () => Promise<ChannelModel>
}

/** A connection of amqplib's that is restored when it is lost, with `open` for every attempt. amqplib itself goes to one
 *  address with one set of socket options for ever, and both may change from attempt to attempt.
 *  @throws {WorkerKitError} `ERR_CONNECT` when amqplib is not the version that this package pins */
export async function recoveringConnection(
  open: () => Promise<ChannelModel>,
): Promise<RecoveringChannelModel> {
  const connection = await connect('amqp://replaced.invalid', {
    recovery: { waitForConnect: false, initialDelay: 100, maxDelay: 5_000, jitter: 0.5 },
  })
  const core = (connection as unknown as { _core?: Core })._core
  if (typeof core?._openModel !== 'function') {
    await connection.close()
    throw new WorkerKitError('ERR_CONNECT', 'This version of amqplib is not the one that worker-kit needs')
  }
  // In time: amqplib makes its first attempt in a later turn of the event loop.
  core._openModel = open
  return connection
}

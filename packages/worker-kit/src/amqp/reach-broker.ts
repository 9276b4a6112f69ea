import { WorkerKitError } from '../errors.ts'
import { withTimeLimit } from '../time-limit.ts'
import type { Broker } from './broker.ts'
import { type BrokerAddressSource, parseBrokerAddresses, showAddress } from './broker-addresses.ts'
import { isRefusal } from './outages.ts'

/** Resolves when RabbitMQ answers. Temporary failures are waited out. A refusal, such as a wrong password, ends the wait at once.
 *  @param source - a function may give other credentials for the next attempt: then no refusal is final
 *  @param options.consumes - whether the connection that consumes is wanted, too. @default true
 *  @throws {WorkerKitError} `ERR_CONNECT` with the real cause, `ERR_CLOSED` when the broker is released meanwhile */
export async function reachBroker(
  broker: Broker,
  source: BrokerAddressSource,
  { timeoutMs, consumes = true }: { timeoutMs: number; consumes?: boolean },
): Promise<void> {
  const { promise: refused, reject } = Promise.withResolvers<never>()
  let last: Error | undefined
  const onError = (error: Error) => {
    last = error
    if (typeof source !== 'function' && isRefusal(error)) reject(error)
  }
  const onReleased = () => reject(new WorkerKitError('ERR_CLOSED', 'The connection to RabbitMQ was closed'))
  broker.on('error', onError)
  broker.on('released', onReleased)
  try {
    await withTimeLimit(Promise.race([connected(broker, consumes), refused]), timeoutMs, () => {
      throw (
        last ??
        new WorkerKitError(
          'ERR_CONNECT',
          `RabbitMQ${placeOf(source)} cannot be reached: no connection within ${timeoutMs} ms. Check its address, and that it runs`,
        )
      )
    })
  } finally {
    broker.off('error', onError)
    broker.off('released', onReleased)
  }
}

function placeOf(source: BrokerAddressSource): string {
  if (typeof source === 'function') return ''
  return ` at ${parseBrokerAddresses(source).map(showAddress).join(', ')}`
}

async function connected(broker: Broker, consumes: boolean): Promise<void> {
  await (await broker.publishing()).waitForConnect()
  if (consumes) await (await broker.consuming()).waitForConnect()
}

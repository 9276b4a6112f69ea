import { type OptionRules, oneOfTwo } from '../check-options.ts'
import { type BrokerAddressSource, brokerAddressFault } from './broker-addresses.ts'

/** Where RabbitMQ is: one of the two. */
export type BrokerOption =
  | {
      /** `amqp://` or `amqps://`, with user, password and virtual host. Of a cluster the addresses of its nodes, which are
       *  tried in turn; when a connection is lost, the next. */
      amqpUrl: string | readonly string[]
      amqp?: undefined
    }
  | {
      /** The same, or in parts, with TLS; or a function that gives it before each attempt to connect. */
      amqp: BrokerAddressSource
      amqpUrl?: undefined
    }

export function brokerSource({ amqpUrl, amqp }: BrokerOption): BrokerAddressSource {
  return (amqpUrl ?? amqp) as BrokerAddressSource
}

/** @param given - the options as they were given, of any type */
export function brokerOptionRules(given: { amqp?: unknown }): OptionRules<'amqpUrl' | 'amqp'> {
  return {
    amqpUrl: oneOfTwo(given.amqp, 'amqp', value =>
      // Functions and objects are for `amqp`.
      [value].flat().every(each => typeof each === 'string' || !each)
        ? brokerAddressFault(value)
        : 'expected a text or several: amqp takes others',
    ),
    amqp: value => (value === undefined ? undefined : brokerAddressFault(value)),
  }
}

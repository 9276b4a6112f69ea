import type { Fault } from './fault.ts'

/** Faults that checks/logins.ts must find. */
export const loginFaults: readonly Fault[] = [
  {
    title: 'a service with the user of the administrator',
    of: 'Deployment/gateway',
    replace: 'amqp://gateway:',
    by: 'amqp://jackalope:',
    reports: ['Deployment/gateway: AMQP_URL: logs in to StatefulSet/rabbitmq as "jackalope", not as gateway'],
  },
  {
    title: "a service with another one's user",
    of: 'Deployment/converter',
    replace: 'amqp://converter:',
    by: 'amqp://gateway:',
    reports: [
      'Deployment/converter: AMQP_URL: logs in to StatefulSet/rabbitmq as "gateway", not as converter',
    ],
  },
  {
    title: 'a user that the server does not know',
    of: 'ConfigMap/rights',
    replace: '"name": "converter"',
    by: '"name": "convert"',
    reports: ['Deployment/converter: AMQP_URL: StatefulSet/rabbitmq knows no user converter'],
  },
  {
    title: 'a password that the server does not have',
    of: 'Deployment/converter',
    replace: 'RABBITMQ_PASSWORD)@',
    by: 'RABBITMQ_PASSWORD)x@',
    reports: ['Deployment/converter: AMQP_URL: StatefulSet/rabbitmq has another password'],
  },
  {
    title: 'a service with the tag of an administrator',
    of: 'ConfigMap/rights',
    replace: '"@gateway@", "tags": []',
    by: '"@gateway@", "tags": ["administrator"]',
    reports: ['Deployment/gateway: AMQP_URL: may do everything at StatefulSet/rabbitmq'],
  },
  {
    title: 'a service that may configure every queue',
    of: 'ConfigMap/rights',
    replace: '^gateways$',
    by: '.*',
    reports: ['Deployment/gateway: AMQP_URL: may do everything at StatefulSet/rabbitmq'],
  },
]

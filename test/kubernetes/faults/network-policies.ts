import type { Fault } from './fault.ts'

/** Faults that checks/network-policies.ts must find. */
export const networkPolicyFaults: readonly Fault[] = [
  {
    title: 'a connection that may not leave',
    of: 'NetworkPolicy/jobs',
    replace: 'values: [gateway, converter]',
    by: 'values: [gateway]',
    reports: ['Deployment/converter: AMQP_URL: no network policy lets it reach StatefulSet/rabbitmq'],
  },
  {
    title: 'a connection that may not enter',
    of: 'NetworkPolicy/to-rabbitmq',
    replace: 'values: [gateway, converter]',
    by: 'values: [converter]',
    reports: ['Deployment/gateway: AMQP_URL: no network policy lets it reach StatefulSet/rabbitmq'],
  },
  {
    title: 'a server that any pod reaches',
    of: 'NetworkPolicy/to-rabbitmq',
    replace: /from:[\s\S]*?ports/,
    by: 'ports',
    reports: ['StatefulSet/rabbitmq: any pod reaches its port 5672'],
  },
  {
    title: 'pods that nothing is said about',
    of: 'NetworkPolicy/default-deny',
    replace: '{}',
    by: '{ matchLabels: { app: gateway } }',
    reports: ['Deployment/converter: any pod reaches its port 8080'],
  },
  {
    title: 'a gateway that any pod reaches',
    of: 'NetworkPolicy/to-gateway',
    replace: /from:[\s\S]*?ports/,
    by: 'ports',
    reports: ['Deployment/gateway: any pod reaches its port 8080'],
  },
  {
    title: 'a gateway that pods of any namespace reach',
    of: 'NetworkPolicy/to-gateway',
    replace: 'matchLabels: { kubernetes.io/metadata.name: ingress-nginx }',
    by: '',
    reports: ['Deployment/gateway: any pod reaches its port 8080'],
  },
  {
    title: 'a gateway that any address reaches',
    of: 'NetworkPolicy/to-gateway',
    replace: '- from: [',
    by: '- from: [{ ipBlock: { cidr: 0.0.0.0/0 } }, ',
    reports: ['Deployment/gateway: any pod reaches its port 8080'],
  },
  {
    title: 'pods that find no names',
    of: 'NetworkPolicy/dns',
    replace: 'UDP',
    by: 'TCP',
    reports: [
      'Deployment/gateway: no network policy lets it look up names',
      'Deployment/converter: no network policy lets it look up names',
      'StatefulSet/rabbitmq: no network policy lets it look up names',
    ],
  },
  {
    title: 'an ingress that is not let in',
    of: 'NetworkPolicy/to-gateway',
    replace: 'namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ingress-nginx } }',
    by: 'podSelector: { matchLabels: { app: converter } }',
    reports: [
      'Ingress/gateway: no network policy lets an ingress controller reach port 8080 of Deployment/gateway',
    ],
  },
]

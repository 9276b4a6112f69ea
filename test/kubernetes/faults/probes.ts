import type { Fault } from './fault.ts'

/** Faults that checks/probes.ts must find. */
export const probeFaults: readonly Fault[] = [
  {
    title: 'a probe that is missing',
    of: 'Deployment/gateway',
    replace: '          readinessProbe: { httpGet: { path: /healthz, port: http } }\n',
    by: '',
    reports: ['Deployment/gateway: readinessProbe is missing'],
  },
  {
    title: 'a probe for a path that is not there',
    of: 'Deployment/gateway',
    replace: 'readinessProbe: { httpGet: { path: /healthz',
    by: 'readinessProbe: { httpGet: { path: /health',
    reports: ['Deployment/gateway: readinessProbe asks for /health; services answer /healthz and /readyz'],
  },
  {
    title: 'a probe on a port that is not there',
    of: 'StatefulSet/rabbitmq',
    replace: 'livenessProbe: { tcpSocket: { port: amqp',
    by: 'livenessProbe: { tcpSocket: { port: epmd',
    reports: ['StatefulSet/rabbitmq: livenessProbe asks on port epmd, which the container does not have'],
  },
  {
    title: 'a probe of a service that only connects',
    of: 'Deployment/gateway',
    replace: 'livenessProbe: { httpGet: { path: /healthz, port: http } }',
    by: 'livenessProbe: { tcpSocket: { port: http } }',
    reports: ['Deployment/gateway: livenessProbe does not ask over HTTP'],
  },
  {
    title: 'a service that is started anew when a server is away',
    of: 'Deployment/gateway',
    replace: 'livenessProbe: { httpGet: { path: /healthz',
    by: 'livenessProbe: { httpGet: { path: /readyz',
    reports: [
      'Deployment/gateway: livenessProbe asks for /readyz: a server that is away is no reason to start anew',
    ],
  },
  {
    title: 'a service that hangs and keeps the grace of one that works',
    of: 'Deployment/converter',
    replace: ', terminationGracePeriodSeconds: 30 }',
    by: ' }',
    reports: [
      'Deployment/converter: livenessProbe lets a service that hangs stay for 660 s: expected a terminationGracePeriodSeconds of its own',
    ],
  },
]

import type { Fault } from './fault.ts'

/** Faults that checks/connections.ts must find. */
export const connectionFaults: readonly Fault[] = [
  {
    title: 'an address of no service',
    of: 'ConfigMap/gateway',
    replace: 'http://auth.example.com',
    by: 'http://auht',
    reports: ['Deployment/gateway: AUTH_URL: there is no Service auht'],
  },
  {
    title: 'an address with a port that its service does not have',
    of: 'ConfigMap/gateway',
    replace: 'http://auth.example.com',
    by: 'http://gateway:8080',
    reports: ['Deployment/gateway: AUTH_URL: Service gateway has no port 8080'],
  },
  {
    title: 'a headless service that names another port than its pods have',
    of: 'StatefulSet/rabbitmq',
    replace: 'containerPort: 5672',
    by: 'containerPort: 5673',
    reports: [
      'Deployment/gateway: AMQP_URL: StatefulSet/rabbitmq does not listen on port 5672, and its service is headless',
      'Deployment/gateway: AMQP_URL: no network policy lets it reach StatefulSet/rabbitmq',
      'Deployment/converter: AMQP_URL: StatefulSet/rabbitmq does not listen on port 5672, and its service is headless',
      'Deployment/converter: AMQP_URL: no network policy lets it reach StatefulSet/rabbitmq',
    ],
  },
  {
    title: 'an address for users that no ingress has',
    of: 'ConfigMap/gateway',
    replace: 'http://mp3converter.com',
    by: 'http://mp3.example.com',
    reports: ['Deployment/gateway: PUBLIC_URL: no ingress is for mp3.example.com'],
  },
]

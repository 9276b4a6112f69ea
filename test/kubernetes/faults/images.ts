import type { Fault } from './fault.ts'

/** Faults that checks/images.ts must find. */
export const imageFaults: readonly Fault[] = [
  {
    title: 'an image that the Dockerfile does not make',
    of: 'Deployment/gateway',
    replace: 'jackalope/gateway:',
    by: 'jackalope/gatway:',
    reports: [
      'Deployment/gateway: the Dockerfile has no target gatway for jackalope/gatway:0.1.0',
      'Deployment/gateway: no service is named gatway',
      'no workload runs gateway',
    ],
  },
  {
    title: 'an image of another version',
    of: 'Deployment/gateway',
    replace: 'gateway:0.1.0',
    by: 'gateway:0.0.9',
    reports: ['Deployment/gateway: jackalope/gateway:0.0.9 is not version 0.1.0'],
  },
  {
    title: 'an image whose user is no number',
    of: 'Deployment/gateway',
    replace: 'jackalope/gateway:',
    by: 'jackalope/worker:',
    reports: [
      'Deployment/gateway: the user of jackalope/worker:0.1.0 is node, not a number other than 0',
      'Deployment/gateway: no service is named worker',
      'no workload runs gateway',
    ],
  },
  {
    title: 'a server of another version than elsewhere',
    of: 'StatefulSet/rabbitmq',
    replace: 'rabbitmq:4-management',
    by: 'rabbitmq:3-management',
    reports: [
      'StatefulSet/rabbitmq: rabbitmq has image rabbitmq:3-management; compose.yaml has rabbitmq:4-management',
    ],
  },
]

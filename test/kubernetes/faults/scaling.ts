import type { Fault } from './fault.ts'

/** Faults that checks/scaling.ts must find. */
export const scalingFaults: readonly Fault[] = [
  {
    title: 'an unknown field of KEDA',
    of: 'ScaledObject/converter',
    replace: 'scaleTargetRef:',
    by: 'minReplicas: 1\n  scaleTargetRef:',
    reports: ['ScaledObject/converter: /spec/minReplicas is no field of keda.sh/v1alpha1 ScaledObject'],
  },
  {
    title: 'scaling of what is not there',
    of: 'ScaledObject/converter',
    replace: 'scaleTargetRef: { name: converter }',
    by: 'scaleTargetRef: { name: convert }',
    reports: [
      'ScaledObject/converter: there is no Deployment convert',
      'ScaledObject/converter: asks for a pod per 1 jobs; one takes undefined',
      'ScaledObject/converter: asks for a pod per 1 jobs that stand back; one takes undefined',
    ],
  },
  {
    title: 'scaling beside a number of replicas',
    of: 'Deployment/converter',
    replace: 'spec:\n  selector',
    by: 'spec:\n  replicas: 2\n  selector',
    reports: ['ScaledObject/converter: Deployment/converter says a number of replicas too'],
  },
  {
    title: 'scaling on a queue that is not there',
    of: 'ScaledObject/converter',
    replace: 'bull:video.convert',
    by: 'video.convert',
    reports: [
      'ScaledObject/converter: no queue is named video.convert; there are bull:video.convert, bull:audio.ready',
    ],
  },
  {
    title: 'scaling that does not see jobs under way',
    of: 'ScaledObject/converter',
    replace: 'protocol: http',
    by: 'protocol: amqp',
    reports: ['ScaledObject/converter: only protocol http counts what is under way'],
  },
  {
    title: 'scaling by another number of jobs than a pod takes',
    of: 'ConfigMap/converter',
    replace: 'CONCURRENCY: "1"',
    by: 'CONCURRENCY: "2"',
    reports: [
      'ScaledObject/converter: asks for a pod per 1 jobs; one takes 2',
      'ScaledObject/converter: asks for a pod per 1 jobs that stand back; one takes 2',
    ],
  },
  {
    title: 'scaling that asks where nobody answers',
    of: 'ScaledObject/converter',
    replace: 'rabbitmq.sound.svc',
    by: 'rabbitmq',
    reports: ['ScaledObject/converter: there is no service http://rabbitmq:15672'],
  },
  {
    title: 'scaling that asks on a port that is not there',
    of: 'ScaledObject/converter',
    replace: '15672',
    by: '15692',
    reports: ['ScaledObject/converter: rabbitmq has no port 15692'],
  },
  {
    title: 'a password in the address that scaling asks',
    of: 'ScaledObject/converter',
    replace: 'http://rabbitmq',
    by: 'http://jackalope:guess@rabbitmq',
    reports: ['ScaledObject/converter: http://jackalope:guess@rabbitmq.sound.svc:15672 holds a password'],
  },
  {
    title: 'scaling that no network policy lets in',
    of: 'NetworkPolicy/keda',
    replace: 'management',
    by: 'amqp',
    reports: ['ScaledObject/converter: no network policy lets KEDA reach StatefulSet/rabbitmq'],
  },
  {
    title: 'scaling without its authentication',
    of: 'ScaledObject/converter',
    replace: 'authenticationRef: { name: rabbitmq }',
    by: 'authenticationRef: { name: rabbit }',
    reports: ['ScaledObject/converter: there is no TriggerAuthentication rabbit'],
  },
  {
    title: 'scaling with a key that its secret does not have',
    of: 'TriggerAuthentication/rabbitmq',
    replace: 'key: password',
    by: 'key: passwort',
    reports: ['ScaledObject/converter: Secret rabbitmq has no key passwort'],
  },
  {
    title: 'scaling that does not see the jobs that stand back',
    of: 'ScaledObject/converter',
    replace: 'listName: bull:video.convert:prioritized',
    by: 'listName: bull:video.convert:waiting',
    reports: [
      'ScaledObject/converter: does not count the jobs of bull:video.convert that stand back',
      'ScaledObject/converter: no list is named bull:video.convert:waiting; there are bull:video.convert:prioritized, bull:audio.ready:prioritized',
    ],
  },
]

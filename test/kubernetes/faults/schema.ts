import type { Fault } from './fault.ts'

/** Faults that checks/schema.ts must find. */
export const schemaFaults: readonly Fault[] = [
  {
    title: 'an unknown field',
    of: 'Deployment/gateway',
    replace: 'replicas: 2',
    by: 'replica: 2',
    reports: ['Deployment/gateway: /spec/replica is no field of apps/v1 Deployment'],
  },
  {
    title: 'an unknown field deep inside',
    of: 'Deployment/gateway',
    replace: 'image: ',
    by: 'imagee: x\n          image: ',
    reports: [
      'Deployment/gateway: /spec/template/spec/containers/0/imagee is no field of apps/v1 Deployment',
    ],
  },
  {
    title: 'an unknown field at the top',
    of: 'Service/gateway',
    replace: 'spec:',
    by: 'specs: {}\nspec:',
    reports: ['Service/gateway: /specs is no field of v1 Service'],
  },
  {
    title: 'a value of the wrong type',
    of: 'Deployment/gateway',
    replace: 'replicas: 2',
    by: 'replicas: two',
    reports: ['Deployment/gateway: /spec/replicas must be integer'],
  },
  {
    title: 'a field that is missing',
    of: 'Deployment/gateway',
    replace: '  selector: { matchLabels: { app: gateway } }\n',
    by: '',
    reports: ['Deployment/gateway: /spec must have required property selector'],
  },
  {
    title: 'a kind that is none',
    of: 'Service/gateway',
    replace: 'kind: Service',
    by: 'kind: Servise',
    reports: ['Servise/gateway: no schema is known for apiVersion v1, kind Servise'],
  },
]

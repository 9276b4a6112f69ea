import type { Fault } from './fault.ts'

/** Faults that checks/references.ts must find. */
export const referenceFaults: readonly Fault[] = [
  {
    title: 'a config map that is not there',
    of: 'Deployment/gateway',
    replace: 'envFrom: [',
    by: 'envFrom: [{ configMapRef: { name: gate } }, ',
    reports: ['Deployment/gateway: there is no ConfigMap gate'],
  },
  {
    title: 'a config map that nobody uses',
    of: 'ConfigMap/converter',
    replace: /^[\s\S]*$/,
    by: '$&---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: forgotten }\n',
    reports: ['ConfigMap/forgotten: used by nobody'],
  },
  {
    title: 'a service account that is not there',
    of: 'Deployment/gateway',
    replace: 'serviceAccountName: pods',
    by: 'serviceAccountName: pod',
    reports: ['Deployment/gateway: there is no ServiceAccount pod'],
  },
  {
    title: 'a stateful set without its service',
    of: 'StatefulSet/rabbitmq',
    replace: 'serviceName: rabbitmq',
    by: 'serviceName: rabbit',
    reports: ['StatefulSet/rabbitmq: there is no Service rabbit'],
  },
  {
    title: 'a claim that is not there',
    of: 'Deployment/converter',
    replace: 'emptyDir: { sizeLimit: 2Gi }',
    by: 'persistentVolumeClaim: { claimName: w }',
    reports: ['Deployment/converter: there is no PersistentVolumeClaim w'],
  },
  {
    title: 'a volume that is mounted and not there',
    of: 'StatefulSet/rabbitmq',
    replace: 'metadata: { name: data }',
    by: 'metadata: { name: dada }',
    reports: [
      'StatefulSet/rabbitmq: mounts a volume data that it does not have',
      'StatefulSet/rabbitmq: mounts its volume dada nowhere',
    ],
  },
  {
    title: 'a file of a config map that is not there',
    of: 'StatefulSet/rabbitmq',
    replace: 'subPath: rabbitmq.conf',
    by: 'subPath: rabbit.conf',
    reports: ['StatefulSet/rabbitmq: ConfigMap rabbitmq has no key rabbit.conf'],
  },
  {
    title: 'a key that a secret does not have',
    of: 'Secret/rabbitmq',
    replace: 'converter:',
    by: 'konverter:',
    reports: [
      'Deployment/converter: Secret rabbitmq has no key converter',
      'Deployment/converter: AMQP_URL: StatefulSet/rabbitmq has another password',
    ],
  },
  {
    title: "a service's port that its pods do not have",
    of: 'Service/gateway',
    replace: 'ports: [',
    by: 'ports: [{ name: admin, port: 9090, targetPort: admin }, ',
    reports: ['Service/gateway: Deployment/gateway has no port admin'],
  },
  {
    title: 'an ingress to no service',
    of: 'Ingress/gateway',
    replace: 'name: gateway, port',
    by: 'name: gate, port',
    reports: ['Ingress/gateway: there is no Service gate'],
  },
  {
    title: 'an ingress to a port that its service does not have',
    of: 'Ingress/gateway',
    replace: 'port: { name: http }',
    by: 'port: { number: 8080 }',
    reports: ['Ingress/gateway: Service gateway has no port 8080'],
  },
  {
    title: 'a network policy for a port that no pod has',
    of: 'NetworkPolicy/jobs',
    replace: 'ports: [',
    by: 'ports: [{ port: amqps }, ',
    reports: ['NetworkPolicy/jobs: no pod has a port amqps'],
  },
]

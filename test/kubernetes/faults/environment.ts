import type { Fault } from './fault.ts'

/** Faults that checks/environment.ts must find. */
export const environmentFaults: readonly Fault[] = [
  {
    title: 'a variable that nobody reads',
    of: 'ConfigMap/gateway',
    replace: '\ndata:',
    by: '\ndata:\n  MAX_UPLOAD_BITES: "1"',
    reports: ['Deployment/gateway: gateway reads no variable MAX_UPLOAD_BITES'],
  },
  {
    title: 'a variable that is missing',
    of: 'ConfigMap/gateway',
    replace: '  AUTH_URL: http://auth.example.com\n',
    by: '',
    reports: ['Deployment/gateway: The configuration has faults:\n  AUTH_URL: '],
  },
  {
    title: 'a value that the service refuses',
    of: 'ConfigMap/gateway',
    replace: '\ndata:',
    by: '\ndata:\n  MAX_UPLOAD_BYTES: 2GiB',
    reports: ['Deployment/gateway: The configuration has faults:\n  MAX_UPLOAD_BYTES: expected an integer'],
  },
  {
    title: 'a secret that is too short',
    of: 'Secret/tokens',
    replace: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
    by: 'c2hvcnQ=',
    reports: ['Deployment/gateway: The configuration has faults:\n  JWT_SECRET: is too short'],
  },
  {
    title: 'a port that the service does not listen on',
    of: 'ConfigMap/gateway',
    replace: '"8080"',
    by: '"3000"',
    reports: ['Deployment/gateway: listens on port 3000, which is none of its ports'],
  },
  {
    title: 'a service that listens on loopback',
    of: 'ConfigMap/gateway',
    replace: '  HOST: 0.0.0.0\n',
    by: '',
    reports: ['Deployment/gateway: listens on 127.0.0.1, where nobody reaches it'],
  },
  {
    title: 'a working folder on a file system that is read-only',
    of: 'ConfigMap/converter',
    replace: '/work',
    by: '/var/work',
    reports: ['Deployment/converter: WORK_DIR /var/work is on no volume'],
  },
  {
    title: 'a service that nobody runs',
    of: 'Deployment/converter',
    replace: 'jackalope/converter:0.1.0',
    by: 'rabbitmq:4-management',
    reports: [
      'no workload runs converter',
      'Deployment/converter: consumer_timeout must be set',
      'Deployment/converter: consumer_timeout must be set',
      'Deployment/converter: vm_memory_high_watermark.absolute must be set',
    ],
  },
]

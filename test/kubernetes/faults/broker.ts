import type { Fault } from './fault.ts'

/** Faults that checks/broker.ts must find. */
export const brokerFaults: readonly Fault[] = [
  {
    title: 'a consumer timeout shorter than a job',
    of: 'ConfigMap/rabbitmq',
    replace: '43200000',
    by: '1800000',
    reports: [
      'StatefulSet/rabbitmq: consumer_timeout must be set, and longer than the 3600000 ms of video.convert',
    ],
  },
  {
    title: 'a broker without a consumer timeout',
    of: 'ConfigMap/rabbitmq',
    replace: '    consumer_timeout = 43200000\n',
    by: '',
    reports: [
      'StatefulSet/rabbitmq: consumer_timeout must be set, and longer than the 3600000 ms of video.convert',
      'StatefulSet/rabbitmq: consumer_timeout must be set, and longer than the 900000 ms of audio.ready',
    ],
  },
  {
    title: 'a broker that is killed before it makes publishers wait',
    of: 'StatefulSet/rabbitmq',
    replace: 'limits: { memory: 1Gi }',
    by: 'limits: { memory: 512Mi }',
    reports: [
      'StatefulSet/rabbitmq: vm_memory_high_watermark.absolute must be set, and below the limit of memory',
    ],
  },
]

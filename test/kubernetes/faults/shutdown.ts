import type { Fault } from './fault.ts'

/** Faults that checks/shutdown.ts must find. */
export const shutdownFaults: readonly Fault[] = [
  {
    title: 'a grace that cuts off a conversion',
    of: 'ConfigMap/converter',
    replace: '"600"',
    by: '"650"',
    reports: ['Deployment/converter: is killed after 660 s, and may take 665 s to stop'],
  },
  {
    title: 'a grace that forgets the waiting before it',
    of: 'Deployment/gateway',
    replace: 'seconds: 5',
    by: 'seconds: 20',
    reports: ['Deployment/gateway: is killed after 45 s, and may take 50 s to stop'],
  },
]

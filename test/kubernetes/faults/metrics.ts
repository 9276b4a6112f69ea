import type { Fault } from './fault.ts'

/** Faults that checks/metrics.ts must find. */
export const metricFaults: readonly Fault[] = [
  {
    title: 'metrics on a port that the pod does not have',
    of: 'ConfigMap/gateway',
    replace: 'METRICS_PORT: "9464"',
    by: 'METRICS_PORT: "9465"',
    reports: ['Deployment/gateway: tells its metrics on port 9465, which is none of its ports'],
  },
  {
    title: 'Prometheus sent to a port that the pod does not have',
    of: 'Deployment/gateway',
    replace: 'prometheus.io/port: "9464"',
    by: 'prometheus.io/port: "9465"',
    reports: ['Deployment/gateway: Prometheus is sent to port 9465, which is none of its ports'],
  },
  {
    title: 'a service that opens the metrics',
    of: 'Service/gateway',
    replace: 'ports: [',
    by: 'ports: [{ name: metrics, port: 9464, targetPort: metrics }, ',
    reports: ['Service/gateway: opens the metrics of Deployment/gateway'],
  },
  {
    title: 'metrics that any pod reaches',
    of: 'NetworkPolicy/to-metrics',
    replace: /from:[\s\S]*?ports/,
    by: 'ports',
    reports: ['Deployment/gateway: any pod reaches its port 9464'],
  },
]

import {
  containerPortOf,
  type Manifest,
  ofKind,
  type ServicePort,
  workloadsBehind,
  workloadsOf,
} from './manifest.ts'

/** Where Prometheus is sent: to a port that the pod has, and that no service opens to others. That no stranger reaches it is
 *  for the network policies. */
export function checkMetrics(manifests: readonly Manifest[]): string[] {
  const workloads = workloadsOf(manifests)
  const metricsPorts = new Map<string, number>()
  const faults: string[] = []
  for (const workload of workloads) {
    const annotations = workload.manifest.spec.template.metadata?.annotations ?? {}
    if (annotations['prometheus.io/scrape'] !== 'true') continue
    const port = Number(annotations['prometheus.io/port'])
    if (containerPortOf(workload, port) === undefined)
      faults.push(`${workload.title}: Prometheus is sent to port ${port}, which is none of its ports`)
    metricsPorts.set(workload.title, port)
  }
  for (const service of ofKind(manifests, 'Service'))
    for (const workload of workloadsBehind(service, workloads))
      for (const { port, targetPort = port } of service.spec.ports as ServicePort[])
        if (containerPortOf(workload, targetPort) === metricsPorts.get(workload.title))
          faults.push(`Service/${service.metadata?.name}: opens the metrics of ${workload.title}`)
  return faults
}

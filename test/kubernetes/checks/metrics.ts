import {
  containerPortOf,
  type Manifest,
  ofKind,
  type ServicePort,
  workloadsBehind,
  workloadsOf,
} from './manifest.ts'

/** Checks the port of metrics: the pod must have it, and no Service may expose it. The check of network policies covers
 *  who may connect. */
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

import type { IContainer } from 'kubernetes-models/v1/Container'
import type { IPodTemplateSpec } from 'kubernetes-models/v1/PodTemplateSpec'

/** One object of a cluster, from a manifest. */
export interface Manifest {
  apiVersion: string
  kind: string
  metadata: {
    name: string
    namespace?: string
    labels?: Record<string, string>
    annotations?: Record<string, string>
  }
  // biome-ignore lint/suspicious/noExplicitAny: what is below is checked against the schema of its kind, at run time
  spec?: any
  data?: Record<string, string>
  stringData?: Record<string, string>
}

/** Name of an object in messages: `Deployment/gateway`. */
export function titleOf({ kind, metadata }: Manifest): string {
  return `${kind}/${metadata?.name}`
}

export function ofKind(manifests: readonly Manifest[], kind: string): Manifest[] {
  return manifests.filter(manifest => manifest.kind === kind)
}

export function findManifest(
  manifests: readonly Manifest[],
  kind: string,
  name: string,
): Manifest | undefined {
  return ofKind(manifests, kind).find(({ metadata }) => metadata.name === name)
}

/** An object that creates pods. */
export interface Workload {
  title: string
  name: string
  manifest: Manifest
  labels: Record<string, string>
  pod: NonNullable<IPodTemplateSpec['spec']>
  /** All containers; init containers come first. */
  containers: IContainer[]
}

export function workloadsOf(manifests: readonly Manifest[]): Workload[] {
  return manifests.flatMap(manifest => {
    const template: IPodTemplateSpec | undefined = manifest.spec?.template
    if (!template?.spec) return []
    const { spec: pod, metadata } = template
    const containers = [...(pod.initContainers ?? []), ...pod.containers]
    const { name } = manifest.metadata
    return [{ title: titleOf(manifest), name, manifest, labels: metadata?.labels ?? {}, pod, containers }]
  })
}

/** Workloads whose pods get the connections of a Service. */
export function workloadsBehind(service: Manifest, workloads: readonly Workload[]): Workload[] {
  const selector: Record<string, string> | undefined = service.spec.selector
  return workloads.filter(({ labels }) => selector && matchesLabels({ matchLabels: selector }, labels))
}

interface LabelSelector {
  matchLabels?: Record<string, string>
  matchExpressions?: { key: string; operator: string; values?: string[] }[]
}

/** Whether labels match a selector; the empty one matches all. */
export function matchesLabels(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key]
      const isAmong = value !== undefined && values.includes(value)
      switch (operator) {
        case 'In':
          return isAmong
        case 'NotIn':
          return !isAmong
        case 'Exists':
          return value !== undefined
        case 'DoesNotExist':
          return value === undefined
        default:
          throw new Error(`no operator of selectors is named ${operator}`)
      }
    })
  )
}

/** A port on which a workload's pods listen.
 *  @param port - name or number; a container must declare it */
export function containerPortOf(workload: Workload, port: string | number): number | undefined {
  return workload.containers
    .flatMap(({ ports = [] }) => ports)
    .find(({ name, containerPort }) => name === port || containerPort === port)?.containerPort
}

/** Services to which an ingress sends requests. */
export interface IngressBackend {
  ingress: Manifest
  host: string
  service: { name: string; port: { name?: string; number?: number } }
}

export function ingressBackends(manifests: readonly Manifest[]): IngressBackend[] {
  interface IngressRule {
    host: string
    http: { paths: { backend: Pick<IngressBackend, 'service'> }[] }
  }
  return ofKind(manifests, 'Ingress').flatMap(ingress =>
    ingress.spec.rules.flatMap(({ host, http }: IngressRule) =>
      http.paths.map(({ backend: { service } }) => ({ ingress, host, service })),
    ),
  )
}

export interface ServicePort {
  name?: string
  port: number
  targetPort?: string | number
}

/** A port of a Service, by its name or number. */
export function servicePortOf(
  service: Manifest,
  port: { name?: string; number?: number },
): ServicePort | undefined {
  const ports: ServicePort[] = service.spec.ports
  return ports.find(other => (port.name ? other.name === port.name : other.port === port.number))
}

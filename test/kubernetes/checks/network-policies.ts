import {
  containerPortOf,
  findManifest,
  ingressBackends,
  type Manifest,
  matchesLabels,
  ofKind,
  servicePortOf,
  titleOf,
  type Workload,
  workloadsBehind,
  workloadsOf,
} from './manifest.ts'

interface Peer {
  podSelector?: { matchLabels?: Record<string, string> }
  namespaceSelector?: { matchLabels?: Record<string, string> }
  ipBlock?: { cidr: string }
}

interface Rule {
  from?: Peer[]
  to?: Peer[]
  ports?: { port?: string | number; protocol?: string }[]
}

/** The other end of a connection: pods of the namespace, a known peer outside of it, or a pod of any namespace. */
type Party = Pick<Workload, 'labels'> | 'outside' | 'anywhere'

const stranger = { labels: { app: 'stranger' } }

/** Checks network policies: pods resolve names, the ingress controller reaches the ingress' services, and an unknown pod
 *  reaches nothing. */
export function checkNetworkPolicies(manifests: readonly Manifest[]): string[] {
  const workloads = workloadsOf(manifests)
  const faults: string[] = []
  for (const workload of workloads) {
    if (!mayLookUp(workload, manifests))
      faults.push(`${workload.title}: no network policy lets it look up names`)
    for (const { containerPort } of workload.containers.flatMap(({ ports = [] }) => ports))
      if ([stranger, 'anywhere' as const].some(party => mayEnter(party, workload, containerPort, manifests)))
        faults.push(`${workload.title}: any pod reaches its port ${containerPort}`)
  }
  for (const { workload, port, ingress } of published(manifests))
    if (!mayEnter('outside', workload, port, manifests))
      faults.push(
        `${ingress}: no network policy lets an ingress controller reach port ${port} of ${workload.title}`,
      )
  return faults
}

/** Whether the policies allow connections from one workload's pods to a port of another. */
export function mayConnect(
  from: Workload,
  to: Workload,
  port: number,
  manifests: readonly Manifest[],
): boolean {
  return mayLeave(from, to, port, manifests) && mayEnter(from, to, port, manifests)
}

/** Whether the policies allow a peer to connect to a port of a workload's pods. */
export function mayEnter(from: Party, to: Workload, port: number, manifests: readonly Manifest[]): boolean {
  const rules = rulesFor(to, 'Ingress', manifests)
  return rules === 'none' || rules.some(rule => hasPeer(rule.from, from) && hasPort(rule, to, port))
}

function mayLeave(from: Workload, to: Workload, port: number, manifests: readonly Manifest[]): boolean {
  const rules = rulesFor(from, 'Egress', manifests)
  return rules === 'none' || rules.some(rule => hasPeer(rule.to, to) && hasPort(rule, to, port))
}

function mayLookUp(workload: Workload, manifests: readonly Manifest[]): boolean {
  const rules = rulesFor(workload, 'Egress', manifests)
  if (rules === 'none') return true
  return rules.some(
    ({ to, ports }) =>
      (!to ||
        to.some(
          ({ namespaceSelector }) =>
            namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name'] === 'kube-system',
        )) &&
      (!ports || ports.some(({ port, protocol }) => port === 53 && protocol === 'UDP')),
  )
}

/** Rules of all policies for these pods; `none` when there is no policy, which allows everything. */
function rulesFor(
  { labels }: Workload,
  type: 'Ingress' | 'Egress',
  manifests: readonly Manifest[],
): Rule[] | 'none' {
  const policies = ofKind(manifests, 'NetworkPolicy').filter(
    ({ spec }) => spec.policyTypes.includes(type) && matchesLabels(spec.podSelector, labels),
  )
  return policies.length === 0 ? 'none' : policies.flatMap(({ spec }) => spec[type.toLowerCase()] ?? [])
}

function hasPeer(peers: Peer[] | undefined, party: Party): boolean {
  if (!peers || peers.length === 0) return true
  return peers.some(({ podSelector, namespaceSelector, ipBlock }) => {
    if (ipBlock && /^(0\.0\.0\.0|::)\/0$/.test(ipBlock.cidr)) return true
    if (party === 'outside') return !!namespaceSelector
    if (party === 'anywhere') return !!namespaceSelector && Object.keys(namespaceSelector).length === 0
    return !namespaceSelector && !!podSelector && matchesLabels(podSelector, party.labels)
  })
}

function hasPort({ ports }: Rule, to: Workload, port: number): boolean {
  return !ports || ports.some(({ port: given }) => given === undefined || containerPortOf(to, given) === port)
}

/** Ports of pods that an ingress exposes. */
function published(manifests: readonly Manifest[]): { workload: Workload; port: number; ingress: string }[] {
  const workloads = workloadsOf(manifests)
  return ingressBackends(manifests).flatMap(({ ingress, service: { name, port } }) => {
    const service = findManifest(manifests, 'Service', name)
    const entry = service && servicePortOf(service, port)
    if (!entry) return []
    return workloadsBehind(service, workloads).flatMap(workload => {
      const number = containerPortOf(workload, entry.targetPort ?? entry.port)
      return number === undefined ? [] : [{ workload, port: number, ingress: titleOf(ingress) }]
    })
  })
}

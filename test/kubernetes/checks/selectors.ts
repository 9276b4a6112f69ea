import { type Manifest, matchesLabels, titleOf, workloadsOf } from './manifest.ts'

/** Reports selectors that match no pods, or pods of another object. */
export function checkSelectors(manifests: readonly Manifest[]): string[] {
  const workloads = workloadsOf(manifests)
  const faults: string[] = []
  for (const { title, manifest, labels, pod } of workloads) {
    if (!matchesLabels(manifest.spec.selector, labels))
      faults.push(`${title}: its selector does not match the labels of its template`)
    const others = workloads.filter(other => other.title !== title)
    if (others.some(other => matchesLabels(manifest.spec.selector, other.labels)))
      faults.push(`${title}: its selector matches pods of others`)
    for (const { labelSelector } of pod.topologySpreadConstraints ?? [])
      if (!matchesLabels(labelSelector ?? {}, labels)) faults.push(`${title}: spreads pods of others`)
  }
  for (const manifest of manifests) {
    const selectors = selectorsOf(manifest)
    for (const selector of selectors)
      if (!workloads.some(({ labels }) => matchesLabels(selector, labels)))
        faults.push(`${titleOf(manifest)}: no pod has the labels ${JSON.stringify(selector)}`)
  }
  return faults
}

function selectorsOf({ kind, spec }: Manifest) {
  switch (kind) {
    case 'Service':
      return [{ matchLabels: spec.selector }]
    case 'PodDisruptionBudget':
      return [spec.selector]
    case 'NetworkPolicy': {
      const rules = [...(spec.ingress ?? []), ...(spec.egress ?? [])]
      const peers = rules.flatMap(({ from = [], to = [] }) => [...from, ...to])
      // With a namespaceSelector the pods are in other namespaces.
      const ours = peers.filter(({ podSelector, namespaceSelector }) => podSelector && !namespaceSelector)
      return [spec.podSelector, ...ours.map(({ podSelector }) => podSelector)]
    }
    default:
      return []
  }
}

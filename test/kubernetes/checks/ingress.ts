import { environmentOf, serviceContainers } from './environment.ts'
import { findManifest, ingressBackends, type Manifest, titleOf, workloadsBehind } from './manifest.ts'

/** Settings of ingress-nginx without which it limits or buffers what goes through: uploads, downloads and events. */
const passing: Readonly<Record<string, string>> = {
  'nginx.ingress.kubernetes.io/proxy-body-size': '0',
  'nginx.ingress.kubernetes.io/proxy-request-buffering': 'off',
  'nginx.ingress.kubernetes.io/proxy-buffering': 'off',
}

/** Longest silence that must be allowed, in seconds: events come at least every half minute. */
const silenceSeconds = 60

/** Checks what stands between users and our services: it passes on bodies as they come, and is believed when it says
 *  where a request comes from. */
export function checkIngress(manifests: readonly Manifest[]): string[] {
  const ours = serviceContainers(manifests)
  return ingressBackends(manifests).flatMap(({ ingress, service: { name } }) => {
    const service = findManifest(manifests, 'Service', name)
    if (!service) return []
    const behind = workloadsBehind(
      service,
      ours.map(({ workload }) => workload),
    )
    return behind.flatMap(({ title }) => {
      const container = ours.find(({ workload }) => workload.title === title)?.container
      const { values } = container ? environmentOf(container, manifests) : { values: {} }
      const trusts = 'TRUSTED_PROXIES' in values
      return [
        ...annotationFaults(ingress),
        ...(trusts ? [] : [`${title}: takes all users for one, the ingress controller: set TRUSTED_PROXIES`]),
      ]
    })
  })
}

function annotationFaults(ingress: Manifest): string[] {
  const { annotations = {} } = ingress.metadata
  const wrong = Object.entries(passing).filter(([name, value]) => annotations[name] !== value)
  const faults = wrong.map(([name, value]) => `${titleOf(ingress)}: ${name} must be "${value}"`)
  for (const kind of ['read', 'send']) {
    const name = `nginx.ingress.kubernetes.io/proxy-${kind}-timeout`
    if (!(Number(annotations[name]) > silenceSeconds))
      faults.push(`${titleOf(ingress)}: ${name} must be longer than ${silenceSeconds} s`)
  }
  return faults
}

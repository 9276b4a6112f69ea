import { environmentOf, serviceContainers } from './environment.ts'
import { loginFaults } from './logins.ts'
import {
  containerPortOf,
  findManifest,
  ingressBackends,
  type Manifest,
  servicePortOf,
  type Workload,
  workloadsBehind,
  workloadsOf,
} from './manifest.ts'
import { mayConnect } from './network-policies.ts'

/** Follows each address of a service to the pods behind it. Is there such a Service with that port? Does the service log
 *  in as itself, with the server's password? Do the network policies allow the connection? */
export function checkConnections(manifests: readonly Manifest[]): string[] {
  const workloads = workloadsOf(manifests)
  const hosts = ingressBackends(manifests).map(({ host }) => host)
  return serviceContainers(manifests).flatMap(({ workload, container }) => {
    const { values } = environmentOf(container, manifests)
    return Object.entries(values).flatMap(([name, value]) => {
      const url = /^[a-z+]+:\/\//.test(value) ? URL.parse(value) : null
      if (!url) return []
      const fault = (text: string) => `${workload.title}: ${name}: ${text}`
      if (name === 'PUBLIC_URL')
        return hosts.includes(url.hostname) ? [] : [fault(`no ingress is for ${url.hostname}`)]
      // A host name with dots is outside of the namespace.
      if (url.hostname.includes('.')) return []
      return addressFaults(workload, url, manifests, workloads).map(fault)
    })
  })
}

const defaultPorts: Readonly<Record<string, number>> = {
  http: 80,
  amqp: 5672,
  redis: 6379,
  mysql: 3306,
  mongodb: 27017,
}

function addressFaults(
  from: Workload,
  url: URL,
  manifests: readonly Manifest[],
  workloads: readonly Workload[],
): string[] {
  const service = findManifest(manifests, 'Service', url.hostname)
  if (!service) return [`there is no Service ${url.hostname}`]
  const number = Number(url.port) || defaultPorts[url.protocol.slice(0, -1)]
  const port = servicePortOf(service, { number })
  if (!port) return [`Service ${url.hostname} has no port ${number}`]

  return workloadsBehind(service, workloads).flatMap(to => {
    const target = port.targetPort ?? port.port
    // The name of a headless Service resolves to its pods: its own ports are not used.
    const reached = service.spec.clusterIP === 'None' ? number : containerPortOf(to, target)
    const faults = []
    if (service.spec.clusterIP === 'None' && containerPortOf(to, target) !== number)
      faults.push(`${to.title} does not listen on port ${number}, and its service is headless`)
    if (!mayConnect(from, to, Number(reached), manifests))
      faults.push(`no network policy lets it reach ${to.title}`)
    return [...faults, ...loginFaults(from, to, url, manifests)]
  })
}

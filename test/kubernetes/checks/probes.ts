import type { IContainer } from 'kubernetes-models/v1/Container'
import type { IProbe } from 'kubernetes-models/v1/Probe'
import { probePaths } from '../../../packages/service-kit/src/http/health-routes.ts'
import { serviceOfImage } from './images.ts'
import { type Manifest, workloadsOf } from './manifest.ts'

const kinds = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const

/** Longest grace of a service that hangs, in seconds: it finishes nothing any more. */
const maxHungSeconds = 60

/** Kubernetes' own grace of a pod that names none, in seconds. */
const defaultGraceSeconds = 30

/** Reports probes that are missing, have a wrong port or path, would restart a service for the fault of another, or would
 *  let a service that hangs stay for as long as one that finishes its work. */
export function checkProbes(manifests: readonly Manifest[]): string[] {
  return workloadsOf(manifests).flatMap(({ title, pod }) =>
    pod.containers.flatMap(container =>
      kinds.flatMap(kind =>
        [
          ...probeFaults(container, container[kind], kind),
          ...graceFaults(container, kind, pod.terminationGracePeriodSeconds),
        ].map(fault => `${title}: ${kind} ${fault}`),
      ),
    ),
  )
}

function probeFaults({ image, ports = [] }: IContainer, probe: IProbe | undefined, kind: string): string[] {
  if (!probe) return ['is missing']
  const { httpGet, tcpSocket } = probe
  const port = (httpGet ?? tcpSocket)?.port
  const faults = []
  if (port !== undefined && !ports.some(({ name, containerPort }) => name === port || containerPort === port))
    faults.push(`asks on port ${port}, which the container does not have`)
  if (!serviceOfImage(image)) return faults
  if (!httpGet) faults.push('does not ask over HTTP')
  else if (!probePaths.includes(httpGet.path ?? '/'))
    faults.push(`asks for ${httpGet.path}; services answer ${probePaths.join(' and ')}`)
  else if (kind === 'livenessProbe' && httpGet.path !== '/healthz')
    faults.push(`asks for ${httpGet.path}: a server that is away is no reason to start anew`)
  return faults
}

function graceFaults(
  container: IContainer,
  kind: (typeof kinds)[number],
  podSeconds = defaultGraceSeconds,
): string[] {
  const probe = container[kind]
  if (kind !== 'livenessProbe' || !probe || !serviceOfImage(container.image)) return []
  const seconds = probe.terminationGracePeriodSeconds ?? podSeconds
  return seconds > maxHungSeconds
    ? [`lets a service that hangs stay for ${seconds} s: expected a terminationGracePeriodSeconds of its own`]
    : []
}

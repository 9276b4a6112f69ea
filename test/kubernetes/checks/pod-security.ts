import { findManifest, type Manifest, titleOf, workloadsOf } from './manifest.ts'

const allowedVolumes = [
  'configMap',
  'secret',
  'emptyDir',
  'persistentVolumeClaim',
  'projected',
  'downwardAPI',
]

/** Checks the Pod Security Standard `restricted` and more: a read-only root file system, no service account token, no
 *  variables about other Services, and resources. */
export function checkPodSecurity(manifests: readonly Manifest[]): string[] {
  return [...namespaceFaults(manifests), ...podFaults(manifests)]
}

/** Checks that the namespace enforces the standard: the cluster then refuses pods that break it. */
function namespaceFaults(manifests: readonly Manifest[]): string[] {
  return manifests.flatMap(manifest => {
    const { namespace } = manifest.metadata
    if (!manifest.spec?.template) return []
    const { labels = {} } = (namespace && findManifest(manifests, 'Namespace', namespace)?.metadata) || {}
    return labels['pod-security.kubernetes.io/enforce'] === 'restricted'
      ? []
      : [`${titleOf(manifest)}: is in no namespace that enforces the standard restricted`]
  })
}

function podFaults(manifests: readonly Manifest[]): string[] {
  return workloadsOf(manifests).flatMap(({ title, pod, containers }) => {
    const faults: string[] = []
    const demand = (isMet: boolean, what: string) => isMet || faults.push(`${title}: ${what}`)
    demand(pod.securityContext?.runAsNonRoot === true, 'may run as root')
    demand(pod.securityContext?.runAsUser !== 0, 'runs as root')
    demand(pod.securityContext?.seccompProfile?.type === 'RuntimeDefault', 'has no seccomp profile')
    demand(pod.automountServiceAccountToken === false, 'mounts a service account token')
    demand(pod.enableServiceLinks === false, 'gets variables about other services')
    demand(!pod.hostNetwork && !pod.hostPID && !pod.hostIPC, "uses the host's namespaces")
    for (const { name, ...volume } of pod.volumes ?? [])
      demand(
        Object.keys(volume).every(kind => allowedVolumes.includes(kind)),
        `volume ${name} is of a kind that restricted pods may not have`,
      )
    for (const { name, securityContext: context, resources, imagePullPolicy, ports = [] } of containers) {
      demand(context?.allowPrivilegeEscalation === false, `${name} may gain privileges`)
      demand(context?.readOnlyRootFilesystem === true, `${name} may write to its root file system`)
      demand(context?.capabilities?.drop?.includes('ALL') === true, `${name} keeps capabilities`)
      demand((context?.capabilities?.add ?? []).length === 0, `${name} adds capabilities`)
      demand(context?.privileged !== true, `${name} is privileged`)
      demand(context?.runAsNonRoot !== false && context?.runAsUser !== 0, `${name} runs as root`)
      demand(
        !!resources?.requests?.cpu && !!resources.requests.memory,
        `${name} does not say what CPU and memory it needs`,
      )
      demand(!!resources?.limits?.memory, `${name} has no limit of memory`)
      // `Always`, or no policy with the tag `latest`, would pull an image that was loaded by hand.
      demand(imagePullPolicy === 'IfNotPresent', `${name} does not say imagePullPolicy: IfNotPresent`)
      demand(!ports.some(({ hostPort }) => hostPort), `${name} takes a port of the host`)
    }
    return faults
  })
}

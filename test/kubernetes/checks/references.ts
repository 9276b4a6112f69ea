import {
  containerPortOf,
  findManifest,
  type IngressBackend,
  ingressBackends,
  type Manifest,
  ofKind,
  type ServicePort,
  servicePortOf,
  titleOf,
  type Workload,
  workloadsBehind,
  workloadsOf,
} from './manifest.ts'

/** Reports references to missing objects, keys, volumes and ports, and unused config maps and secrets. */
export function checkReferences(manifests: readonly Manifest[]): string[] {
  const workloads = workloadsOf(manifests)
  const used = new Set<string>()
  const faults = [
    ...workloads.flatMap(workload => podFaults(workload, manifests, used)),
    ...ofKind(manifests, 'Service').flatMap(service => serviceFaults(service, workloads)),
    ...ingressBackends(manifests).flatMap(backend => ingressFaults(backend, manifests)),
    ...ofKind(manifests, 'NetworkPolicy').flatMap(policy => policyFaults(policy, workloads)),
    ...ofKind(manifests, 'ScaledObject').flatMap(scaler => scalerFaults(scaler, manifests, used)),
  ]
  for (const kind of ['ConfigMap', 'Secret'])
    for (const manifest of ofKind(manifests, kind))
      if (!used.has(titleOf(manifest))) faults.push(`${titleOf(manifest)}: used by nobody`)
  return faults
}

function podFaults(
  { title, manifest, pod, containers }: Workload,
  manifests: readonly Manifest[],
  used: Set<string>,
) {
  const faults: string[] = []
  const need = (kind: string, name: string, key?: string) => {
    const found = findManifest(manifests, kind, name)
    if (!found) return void faults.push(`${title}: there is no ${kind} ${name}`)
    used.add(titleOf(found))
    if (key !== undefined && !(key in { ...found.data, ...found.stringData }))
      faults.push(`${title}: ${kind} ${name} has no key ${key}`)
  }
  if (pod.serviceAccountName) need('ServiceAccount', pod.serviceAccountName)
  if (manifest.kind === 'StatefulSet') need('Service', manifest.spec.serviceName)

  for (const { envFrom = [], env = [] } of containers) {
    for (const { configMapRef, secretRef } of envFrom) {
      if (configMapRef?.name) need('ConfigMap', configMapRef.name)
      if (secretRef?.name) need('Secret', secretRef.name)
    }
    for (const { configMapKeyRef, secretKeyRef } of env.flatMap(({ valueFrom }) => valueFrom ?? [])) {
      if (configMapKeyRef?.name) need('ConfigMap', configMapKeyRef.name, configMapKeyRef.key)
      if (secretKeyRef?.name) need('Secret', secretKeyRef.name, secretKeyRef.key)
    }
  }
  for (const { configMap, secret, persistentVolumeClaim } of pod.volumes ?? []) {
    if (configMap?.name) need('ConfigMap', configMap.name)
    for (const { key } of configMap?.items ?? []) need('ConfigMap', configMap?.name ?? '', key)
    if (secret?.secretName) need('Secret', secret.secretName)
    for (const { key } of secret?.items ?? []) need('Secret', secret?.secretName ?? '', key)
    if (persistentVolumeClaim) need('PersistentVolumeClaim', persistentVolumeClaim.claimName)
  }
  return [...faults, ...mountFaults({ title, manifest, pod, containers }, manifests)]
}

type PodParts = Pick<Workload, 'title' | 'manifest' | 'pod' | 'containers'>

function mountFaults(
  { title, manifest, pod, containers }: PodParts,
  manifests: readonly Manifest[],
): string[] {
  const claims: Manifest[] = manifest.spec.volumeClaimTemplates ?? []
  const volumes = [
    ...(pod.volumes ?? []).map(({ name }) => name),
    ...claims.map(claim => claim.metadata.name),
  ]
  const mounts = containers.flatMap(({ volumeMounts = [] }) => volumeMounts)
  const faults = mounts
    .filter(({ name }) => !volumes.includes(name))
    .map(({ name }) => `${title}: mounts a volume ${name} that it does not have`)
  for (const name of volumes)
    if (!mounts.some(mount => mount.name === name)) faults.push(`${title}: mounts its volume ${name} nowhere`)
  // A single file of a config map: kubelet creates an empty folder for a missing key.
  for (const { name, subPath } of mounts) {
    const map = pod.volumes?.find(volume => volume.name === name)?.configMap?.name
    const data = map && findManifest(manifests, 'ConfigMap', map)?.data
    if (data && subPath && !(subPath in data)) faults.push(`${title}: ConfigMap ${map} has no key ${subPath}`)
  }
  return faults
}

function serviceFaults(service: Manifest, workloads: readonly Workload[]): string[] {
  const behind = workloadsBehind(service, workloads)
  return service.spec.ports.flatMap(({ port, targetPort = port }: ServicePort) =>
    behind
      .filter(workload => containerPortOf(workload, targetPort) === undefined)
      .map(({ title }) => `${titleOf(service)}: ${title} has no port ${targetPort}`),
  )
}

function ingressFaults({ ingress, service }: IngressBackend, manifests: readonly Manifest[]): string[] {
  const found = findManifest(manifests, 'Service', service.name)
  if (!found) return [`${titleOf(ingress)}: there is no Service ${service.name}`]
  if (servicePortOf(found, service.port)) return []
  return [
    `${titleOf(ingress)}: Service ${service.name} has no port ${service.port.name ?? service.port.number}`,
  ]
}

interface PolicyRule {
  from?: { podSelector?: object; namespaceSelector?: object }[]
  to?: { podSelector?: object; namespaceSelector?: object }[]
  ports?: { port?: string | number; protocol?: string }[]
}

function policyFaults(policy: Manifest, workloads: readonly Workload[]): string[] {
  const named = (rules: PolicyRule[] = []) =>
    rules.flatMap(({ ports = [] }) => ports.flatMap(({ port }) => (typeof port === 'string' ? [port] : [])))
  // A port's name refers to the destination pods: a name that none of them has allows no connection.
  const names = [...named(policy.spec.ingress), ...named(policy.spec.egress)]
  return names
    .filter(name => !workloads.some(workload => containerPortOf(workload, name) !== undefined))
    .map(name => `${titleOf(policy)}: no pod has a port ${name}`)
}

function scalerFaults(scaler: Manifest, manifests: readonly Manifest[], used: Set<string>): string[] {
  const { scaleTargetRef, triggers } = scaler.spec
  const faults: string[] = []
  const need = (kind: string, name: string) => {
    if (!findManifest(manifests, kind, name)) faults.push(`${titleOf(scaler)}: there is no ${kind} ${name}`)
  }
  need(scaleTargetRef.kind ?? 'Deployment', scaleTargetRef.name)
  for (const { authenticationRef } of triggers) {
    if (!authenticationRef) continue
    need('TriggerAuthentication', authenticationRef.name)
    const authentication = findManifest(manifests, 'TriggerAuthentication', authenticationRef.name)
    for (const { name, key } of authentication?.spec.secretTargetRef ?? []) {
      const secret = findManifest(manifests, 'Secret', name)
      if (!secret) faults.push(`${titleOf(scaler)}: there is no Secret ${name}`)
      else if (!(key in { ...secret.data, ...secret.stringData }))
        faults.push(`${titleOf(scaler)}: Secret ${name} has no key ${key}`)
      if (secret) used.add(titleOf(secret))
    }
  }
  return faults
}

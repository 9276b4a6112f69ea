import type { IContainer } from 'kubernetes-models/v1/Container'
import { readConfig } from '../../../packages/service-kit/src/index.ts'
import { serviceOfImage } from './images.ts'
import { findManifest, type Manifest, type Workload, workloadsOf } from './manifest.ts'
import type { ProjectImages } from './project-images.ts'

type ServiceConfig = Parameters<typeof readConfig>[0]

/** Schema of each service's variables, by the service's name. */
export type ServiceConfigs = Readonly<Record<string, ServiceConfig>>

/** Reads each service's variables, including secrets, as the service does. Also reports unknown variables and missing
 *  services. */
export function checkEnvironment(
  manifests: readonly Manifest[],
  configs: ServiceConfigs,
  images: ProjectImages,
): string[] {
  const faults: string[] = []
  const seen = new Set<string>()
  for (const { workload, container, service } of serviceContainers(manifests)) {
    const config = configs[service]
    if (!config) {
      faults.push(`${workload.title}: no service is named ${service}`)
      continue
    }
    seen.add(service)
    const { values, usedByOthers } = environmentOf(container, manifests)
    const known = Object.keys(config.shape).flatMap(name => [name, `${name}_FILE`])
    for (const name of Object.keys(values))
      if (!known.includes(name) && !usedByOthers.has(name))
        faults.push(`${workload.title}: ${service} reads no variable ${name}`)
    faults.push(
      ...readingFaults(workload, container, config, { ...images.targets.get(service)?.env, ...values }),
    )
  }
  for (const service of Object.keys(configs))
    if (!seen.has(service)) faults.push(`no workload runs ${service}`)
  return faults
}

function readingFaults(
  { title }: Workload,
  { ports = [], volumeMounts = [] }: IContainer,
  config: ServiceConfig,
  values: Record<string, string>,
): string[] {
  let read: Record<string, unknown>
  try {
    read = readConfig(config, values)
  } catch (error) {
    return [`${title}: ${(error as Error).message}`]
  }
  const faults = []
  if (ports.every(({ containerPort }) => containerPort !== read.PORT))
    faults.push(`${title}: listens on port ${read.PORT}, which is none of its ports`)
  const { METRICS_PORT } = read
  if (METRICS_PORT !== undefined && ports.every(({ containerPort }) => containerPort !== METRICS_PORT))
    faults.push(`${title}: tells its metrics on port ${METRICS_PORT}, which is none of its ports`)
  if (!['0.0.0.0', '::'].includes(String(read.HOST)))
    faults.push(`${title}: listens on ${read.HOST}, where nobody reaches it`)
  const { WORK_DIR } = read
  if (typeof WORK_DIR === 'string' && !volumeMounts.some(({ mountPath }) => isBelow(WORK_DIR, mountPath)))
    faults.push(`${title}: WORK_DIR ${WORK_DIR} is on no volume`)
  return faults
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

export function serviceContainers(manifests: readonly Manifest[]) {
  return workloadsOf(manifests).flatMap(workload =>
    workload.containers.flatMap(container => {
      const service = serviceOfImage(container.image)
      return service ? [{ workload, container, service }] : []
    }),
  )
}

interface ContainerEnvironment {
  values: Record<string, string>
  /** Variables that are used only in other values, as `$(NAME)`. */
  usedByOthers: Set<string>
}

/** Variables of a container as kubelet composes them. Missing references are left out: another check reports them. */
export function environmentOf(
  { envFrom = [], env = [] }: IContainer,
  manifests: readonly Manifest[],
): ContainerEnvironment {
  const values: Record<string, string> = {}
  const usedByOthers = new Set<string>()
  for (const { prefix = '', configMapRef, secretRef } of envFrom) {
    const given = {
      ...contentOf('ConfigMap', configMapRef?.name, manifests),
      ...contentOf('Secret', secretRef?.name, manifests),
    }
    for (const [key, value] of Object.entries(given)) values[prefix + key] = value
  }
  for (const { name, value, valueFrom } of env) {
    const { configMapKeyRef: map, secretKeyRef: secret } = valueFrom ?? {}
    const found =
      value?.replaceAll(/\$\(([A-Za-z_]\w*)\)/g, (reference, other: string) => {
        usedByOthers.add(other)
        return values[other] ?? reference
      }) ??
      (map && contentOf('ConfigMap', map.name, manifests)[map.key]) ??
      (secret && contentOf('Secret', secret.name, manifests)[secret.key])
    if (found !== undefined) values[name] = found
  }
  return { values, usedByOthers }
}

function contentOf(
  kind: string,
  name: string | undefined,
  manifests: readonly Manifest[],
): Record<string, string> {
  const { data = {}, stringData = {} } = (name && findManifest(manifests, kind, name)) || {}
  if (kind === 'ConfigMap') return data
  const decoded = Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()])
  return { ...Object.fromEntries(decoded), ...stringData }
}

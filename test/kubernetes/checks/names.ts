import { type Manifest, titleOf, workloadsOf } from './manifest.ts'

const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/
const subdomain = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const portName = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/
const labelValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/

/** Reports names, labels and port numbers that an API server refuses although their type is right, and duplicate
 *  objects or names. */
export function checkNames(manifests: readonly Manifest[]): string[] {
  const faults: string[] = []
  for (const manifest of manifests) {
    const { name, labels = {} } = manifest.metadata ?? {}
    // The name of a Service is a DNS label and becomes part of variables.
    const pattern = manifest.kind === 'Service' ? /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/ : subdomain
    if (!pattern.test(name)) faults.push(`${titleOf(manifest)}: not a valid name`)
    for (const [key, value] of Object.entries(labels))
      if (!labelValue.test(value)) faults.push(`${titleOf(manifest)}: label ${key} has no valid value`)
    for (const { name: port, port: number } of manifest.kind === 'Service' ? manifest.spec.ports : [])
      faults.push(...portFaults(titleOf(manifest), port, number))
  }
  const titles = manifests.map(
    manifest => `${titleOf(manifest)} in ${manifest.metadata?.namespace ?? 'no namespace'}`,
  )
  faults.push(...repeated(titles).map(title => `${title}: there twice`))

  for (const { title, containers, pod } of workloadsOf(manifests)) {
    for (const { name } of [...containers, ...(pod.volumes ?? [])])
      if (!label.test(name)) faults.push(`${title}: ${name} is not a valid name`)
    for (const name of repeated(containers.map(container => container.name)))
      faults.push(`${title}: two containers are named ${name}`)
    const ports = containers.flatMap(container => container.ports ?? [])
    for (const { name, containerPort } of ports) faults.push(...portFaults(title, name, containerPort))
    for (const port of repeated(ports.map(({ containerPort }) => String(containerPort))))
      faults.push(`${title}: port ${port} is there twice`)
  }
  return faults
}

function portFaults(title: string, name: string | undefined, port: number): string[] {
  const faults = []
  if (name !== undefined && !portName.test(name)) faults.push(`${title}: ${name} is no valid name of a port`)
  if (!(port >= 1 && port <= 65_535)) faults.push(`${title}: ${port} is no port`)
  return faults
}

function repeated(values: string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))]
}

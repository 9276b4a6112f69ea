import { type Manifest, workloadsOf } from './manifest.ts'
import type { ProjectImages } from './project-images.ts'

const ours = /^jackalope\/([a-z-]+):(.+)$/

/** Name of the service whose image this is; `undefined` for other images. */
export function serviceOfImage(image: string | undefined): string | undefined {
  return image?.match(ours)?.[1]
}

/** Reports images that nobody builds, and versions that the rest of the project does not use.
 *  @param version - the project's */
export function checkImages(
  manifests: readonly Manifest[],
  { targets, servers }: ProjectImages,
  version: string,
): string[] {
  return workloadsOf(manifests).flatMap(({ title, pod, containers }) =>
    containers.flatMap(({ name, image = '' }) => {
      const [, service, tag] = image.match(ours) ?? []
      if (!service)
        return servers.includes(image)
          ? []
          : [`${title}: ${name} has image ${image}; compose.yaml has ${servers.join(', ')}`]
      const target = targets.get(service)
      if (!target) return [`${title}: the Dockerfile has no target ${service} for ${image}`]
      const faults = []
      if (tag !== version) faults.push(`${title}: ${image} is not version ${version}`)
      // Kubernetes refuses a container whose user is a name, since it may be root.
      if (pod.securityContext?.runAsUser === undefined && !/^[1-9]\d*(:\d+)?$/.test(target.user))
        faults.push(`${title}: the user of ${image} is ${target.user}, not a number other than 0`)
      return faults
    }),
  )
}

import type { ComposeFile, ComposeService } from '../support/compose-file.ts'
import { type Surroundings, serviceFaults } from './service-faults.ts'

/** Faults of a Compose file: wrong settings, and settings that do not fit the images and services. One line for each,
 *  which names the service. */
export function findComposeFaults(file: ComposeFile, surroundings: Surroundings): string[] {
  return Object.entries(file.services).flatMap(([name, service]) => {
    const faults = [
      ...imageFaults(service),
      ...privilegeFaults(name, service),
      ...portFaults(service),
      ...volumeFaults(name, service, file),
      ...secretFaults(service),
      ...(name === 'secrets' || service.profiles ? [] : lifeFaults(service)),
      ...(service.build ? serviceFaults(name, service, file, surroundings) : []),
    ]
    return faults.map(fault => `${name}: ${fault}`)
  })
}

function imageFaults({ image }: ComposeService): string[] {
  return /:\d+\.\d+\.\d+(-[\w.-]+)?$/.test(image) ? [] : [`the version of the image ${image} is not pinned`]
}

function privilegeFaults(name: string, service: ComposeService): string[] {
  const { user = '', read_only, cap_drop = [], cap_add = [], security_opt = [], privileged } = service
  const faults: string[] = []
  // `secrets` writes into new volumes, which belong to root; it has no network.
  if (name === 'secrets' ? service.network_mode !== 'none' : !/^[1-9]\d*:[1-9]\d*$/.test(user))
    faults.push(`may be root (user "${user}")`)
  if (read_only !== true) faults.push('its root file system can be written to')
  if (!cap_drop.includes('ALL') || cap_add.length > 0) faults.push('has capabilities')
  if (!security_opt.includes('no-new-privileges:true')) faults.push('may gain privileges')
  if (privileged) faults.push('is privileged')
  return faults
}

function portFaults({ ports = [] }: ComposeService): string[] {
  return ports
    .filter(port => !/^127\.0\.0\.1:\d+:\d+$/.test(port))
    .map(port => `publishes ${port} beyond loopback`)
}

function volumeFaults(name: string, { volumes = [] }: ComposeService, file: ComposeFile): string[] {
  return volumes.flatMap(volume => {
    const [source = '', , mode = ''] = volume.split(':')
    if (source.startsWith('.'))
      return mode === 'ro' ? [] : [`the project's ${source} can be written to from inside`]
    if (!(source in file.volumes)) return [`the volume ${source} is not declared`]
    const isSecret = source.endsWith('-secret')
    return isSecret && name !== 'secrets' && !mode.split(',').includes('ro')
      ? [`can write to the volume ${source}`]
      : []
  })
}

function secretFaults({ environment = {} }: ComposeService): string[] {
  return Object.entries(environment).flatMap(([variable, value]) => {
    const isSecret = /(PASSWORD|SECRET|TOKEN)$/.test(variable) || /^\w+:\/\/[^/]*:[^/]*@/.test(value)
    return isSecret ? [`${variable} holds a secret; give it as ${variable}_FILE`] : []
  })
}

function lifeFaults({ healthcheck, restart, mem_limit, stop_grace_period }: ComposeService): string[] {
  const faults: string[] = []
  if (!healthcheck?.test.length) faults.push('has no health check')
  if (restart !== 'unless-stopped') faults.push('is not started again')
  if (!mem_limit) faults.push('may take all memory')
  // The engine's default of 10 s is too short for every service.
  if (!stop_grace_period) faults.push('has no time to stop')
  return faults
}

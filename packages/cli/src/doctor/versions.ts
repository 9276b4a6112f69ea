/** Oldest supported versions, by product. */
const oldest: Record<string, string> = {
  // Quorum queues that requeue the deliveries of a lost consumer.
  RabbitMQ: '3.10',
  // BullMQ's minimum.
  Redis: '6.2',
  Valkey: '7.2',
  MariaDB: '10.5',
  MySQL: '8.0',
  // The driver's minimum.
  MongoDB: '4.4',
}

/** What is wrong with a version, in words; `undefined` when it is supported or unknown. */
export function tooOld(product: string, version: string | undefined): string | undefined {
  const wanted = oldest[product]
  if (!wanted || !version || !/^\d/.test(version)) return undefined
  const [major = 0, minor = 0] = numbers(version)
  const [wantedMajor = 0, wantedMinor = 0] = numbers(wanted)
  const isOld = major < wantedMajor || (major === wantedMajor && minor < wantedMinor)
  return isOld ? `${product} ${version} is too old: ${wanted} or newer is needed` : undefined
}

function numbers(version: string): number[] {
  return version.split('.').map(part => Number.parseInt(part, 10) || 0)
}

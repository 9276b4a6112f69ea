/** The queues of the service, in the order in which operators look at them (contracts, `operatedQueueNames`). */
export const queueNames = [
  'video.convert',
  'audio.ready',
  'conversion.failed',
  'conversion.mail',
  'webhook.deliver',
  'account.mail',
  'account.erase',
  'storage.upkeep',
] as const
export type QueueName = (typeof queueNames)[number]

export function isQueueName(name: unknown): name is QueueName {
  return queueNames.includes(name as QueueName)
}

import { type OperatedQueueName, operatedQueues, type QueueView } from '@jackalope/contracts'
import { withTimeLimit } from '@jackalope/service-kit'
import type { Kit } from '@jackalope/worker-kit'
import type { Job, Queue } from 'bullmq'
import { hidePrivateText } from '../hide-private.ts'

/** How long a server may take to answer about a queue, in milliseconds. */
const timeoutMs = 3_000

/** Running jobs that are shown. */
const maxRunning = 50

/** Between a queue's own name and that of a worker, in the name of its connection. */
const workerSeparator = ':w:'

/** What the servers say of one queue. What they do not say in time is missing, and noted: neither a queue nor a server that
 *  is slow keeps the others from being shown. */
export async function readQueue(kit: Kit, name: OperatedQueueName): Promise<QueueView> {
  const unreadable: string[] = []
  const ask = async <T>(what: string, read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await withTimeLimit(timeoutMs, 'no answer', read)
    } catch (error) {
      unreadable.push(`${what}: ${hidePrivateText((error as Error).message).slice(0, 200)}`)
      return undefined
    }
  }
  // By its whole definition: the kit keeps the queue, and jobs that are added to it later get the attempts of it.
  const definition = operatedQueues.find(each => each.name === name)
  const { bull } = kit.queue(definition as Parameters<Kit['queue']>[0])
  const [jobs, paused, oldestWaitingAt, workers, running, broker] = await Promise.all([
    ask('jobs', () => countJobs(bull)),
    ask('paused', () => bull.isPaused()),
    ask('oldest waiting job', () => findOldestWaiting(bull)),
    ask('workers', () => listWorkers(bull)),
    ask('running jobs', () => listRunning(bull)),
    ask('broker', () => kit.brokerStats({ name })),
  ])
  if (!broker && unreadable.every(text => !text.startsWith('broker')))
    unreadable.push('broker: there is no such queue yet')
  return {
    name,
    jobs,
    ...(broker && {
      broker: { ready: broker.ready, consumers: broker.consumers },
      deadLetters: broker.deadLetters,
      unrecorded: jobs && Math.max(0, broker.ready - jobs.waiting),
    }),
    ...{ paused, oldestWaitingAt, workers, running, unreadable },
  }
}

async function countJobs(bull: Queue): Promise<NonNullable<QueueView['jobs']>> {
  const states = ['waiting', 'prioritized', 'active', 'delayed', 'completed', 'failed'] as const
  return (await bull.getJobCounts(...states)) as NonNullable<QueueView['jobs']>
}

/** Of those that are next: jobs without a priority, and those that stand back. */
async function findOldestWaiting(bull: Queue): Promise<string | undefined> {
  const next = await Promise.all([bull.getWaiting(0, 0), bull.getPrioritized(0, 0)])
  const times = next.flat().flatMap(job => (job ? [job.timestamp] : []))
  return times.length > 0 ? new Date(Math.min(...times)).toISOString() : undefined
}

async function listWorkers(bull: Queue): Promise<NonNullable<QueueView['workers']>> {
  // BullMQ gives an entry without an address where Redis does not tell who is connected.
  const connections = (await bull.getWorkers()).filter(({ addr }) => addr)
  return connections.map(({ id, addr, age, rawname = '' }) => {
    const [, workerName] = rawname.split(workerSeparator)
    const connectedAt = new Date(Date.now() - Number(age ?? 0) * 1_000).toISOString()
    return { id: String(id), address: String(addr), connectedAt, ...(workerName && { name: workerName }) }
  })
}

async function listRunning(bull: Queue): Promise<NonNullable<QueueView['running']>> {
  const jobs = await bull.getActive(0, maxRunning - 1)
  return jobs.filter(Boolean).map((job: Job) => ({
    id: String(job.id),
    attempt: job.attemptsMade + 1,
    ...(job.processedOn && { startedAt: new Date(job.processedOn).toISOString() }),
    ...(job.processedBy && { worker: job.processedBy }),
  }))
}

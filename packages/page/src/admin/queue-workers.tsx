import { When } from '../look/when.tsx'
import { adminTexts } from './admin-texts.ts'
import type { Queue } from './states.ts'

type Running = NonNullable<Queue['running']>[number]

/** The workers of a queue with what they run. */
export function QueueWorkers({ queue: { name, workers, running = [] } }: { queue: Queue }) {
  const { queues: texts, admin } = adminTexts()
  const known = new Set(workers?.map(({ name }) => name))
  // Of workers that stop, or whose connection is lost, jobs run on for a while.
  const others = running.filter(({ worker }) => worker === undefined || !known.has(worker))
  return (
    <section class="card">
      <h3>{texts.names[name]}</h3>
      {workers === undefined ? (
        <p class="soft">{admin.unread}</p>
      ) : workers.length === 0 ? (
        <p class="soft">{texts.noWorkers}</p>
      ) : (
        <ul class="worker-list">
          {workers.map(({ id, name: host, address, connectedAt }) => (
            <li key={id}>
              <code>{host ?? address}</code>{' '}
              <span class="soft">
                {texts.connected} <When at={connectedAt} />
              </span>
              <Jobs of={running.filter(({ worker }) => worker !== undefined && worker === host)} />
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <>
          <p class="soft">{texts.withoutWorker}</p>
          <Jobs of={others} />
        </>
      )}
    </section>
  )
}

function Jobs({ of: jobs }: { of: readonly Running[] }) {
  const texts = adminTexts().queues
  if (jobs.length === 0) return <p class="soft">{texts.idle}</p>
  return (
    <ul>
      {jobs.map(({ id, attempt, startedAt }) => (
        <li key={id}>
          <code>{id}</code>, {texts.attempt(attempt)}
          {startedAt && (
            <>
              , {texts.began} <When at={startedAt} />
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

import type { Answer } from '../api/answer.ts'
import { api, dataOf } from '../api/client.ts'
import { Loaded } from '../look/loaded.tsx'
import { Notice } from '../look/notice.tsx'
import { type Column, Records } from '../look/records.tsx'
import { useRefresh } from '../look/use-refresh.ts'
import { useResource } from '../look/use-resource.ts'
import { When } from '../look/when.tsx'
import { adminTexts } from './admin-texts.ts'
import { AdminView } from './admin-view.tsx'
import { count } from './format.ts'
import { QueueWorkers } from './queue-workers.tsx'
import type { Queue } from './states.ts'

/** How often the numbers are fetched again, in milliseconds. */
const refreshEveryMs = 4_000

/** All queues as Redis and the broker have them, and who works on them. */
export function Queues() {
  return (
    <AdminView title={adminTexts().admin.queues}>
      <QueueList />
    </AdminView>
  )
}

function QueueList() {
  const texts = adminTexts().queues
  const queues = useResource<Answer<'listQueues'>>(() => dataOf(api.GET('/admin/queues')))
  useRefresh(queues.reload, refreshEveryMs)
  return (
    <>
      <p class="lead">{texts.intro}</p>
      <Loaded from={queues}>
        {data => (
          <>
            <Unreadable queues={data.queues} />
            <Records
              caption={adminTexts().admin.queues}
              columns={columnsOf()}
              rows={data.queues}
              keyOf={({ name }) => name}
            />
            <h2 class="section-head">{texts.workers}</h2>
            <div class="tiles">
              {data.queues.map(queue => (
                <QueueWorkers key={queue.name} queue={queue} />
              ))}
            </div>
          </>
        )}
      </Loaded>
    </>
  )
}

function Unreadable({ queues }: { queues: readonly Queue[] }) {
  const unreadable = [...new Set(queues.flatMap(queue => queue.unreadable))]
  if (unreadable.length === 0) return null
  return (
    <Notice kind="warning" title={adminTexts().queues.unreadable}>
      {unreadable.map(text => (
        <p key={text}>{text}</p>
      ))}
    </Notice>
  )
}

function columnsOf(): Column<Queue>[] {
  const texts = adminTexts().queues
  return [
    {
      name: texts.queue,
      cell: ({ name, paused }) => (
        <>
          {texts.names[name]} {paused && <span class="tag warning">{texts.paused}</span>}
          <code class="record-note">{name}</code>
        </>
      ),
    },
    {
      name: texts.waiting,
      isNumber: true,
      cell: ({ jobs, oldestWaitingAt }) => (
        <>
          {count(jobs && jobs.waiting + jobs.prioritized)}
          {oldestWaitingAt && (
            <span class="record-note">
              {texts.oldest} <When at={oldestWaitingAt} />
            </span>
          )}
        </>
      ),
    },
    { name: texts.active, isNumber: true, cell: ({ jobs }) => count(jobs?.active) },
    { name: texts.delayed, isNumber: true, cell: ({ jobs }) => count(jobs?.delayed) },
    { name: texts.failed, isNumber: true, cell: ({ jobs }) => count(jobs?.failed) },
    {
      name: texts.deadLetters,
      isNumber: true,
      cell: ({ name, deadLetters }) =>
        deadLetters ? (
          <a href={`/admin/dead-letters?queue=${name}`}>{count(deadLetters)}</a>
        ) : (
          count(deadLetters)
        ),
    },
    {
      name: texts.broker,
      isNumber: true,
      cell: ({ broker, unrecorded }) => (
        <>
          {count(broker?.ready)}
          {broker && (
            <span class="record-note">
              {texts.consumers}: {count(broker.consumers)}
            </span>
          )}
          {Boolean(unrecorded) && (
            <span class="record-note">
              {texts.unrecorded}: {count(unrecorded)}
            </span>
          )}
        </>
      ),
    },
  ]
}

import type { ComponentChildren } from 'preact'
import type { Answer } from '../api/answer.ts'
import { api, dataOf } from '../api/client.ts'
import { Loaded } from '../look/loaded.tsx'
import { useRefresh } from '../look/use-refresh.ts'
import { useResource } from '../look/use-resource.ts'
import { adminTexts } from './admin-texts.ts'
import { AdminView } from './admin-view.tsx'
import { count, size } from './format.ts'
import { sumQueues } from './sum-queues.ts'

/** How often the numbers are fetched again, in milliseconds. */
const refreshEveryMs = 10_000

/** The service at a glance, and the ways to the rest. */
export function Overview() {
  return (
    <AdminView title={adminTexts().admin.title}>
      <Tiles />
    </AdminView>
  )
}

function Tiles() {
  const { admin, overview } = adminTexts()
  return (
    <div class="tiles">
      <QueueTiles />
      <StorageTile />
      <FailureTile />
      <Tile title={admin.people} href="/admin/people">
        <p>{overview.peopleText}</p>
      </Tile>
      <Tile title={admin.log} href="/admin/log">
        <p>{overview.logText}</p>
      </Tile>
      <section class="card tile">
        <h2>bull-board</h2>
        <p>{admin.boardText}</p>
        <p>
          <a class="button small" href="/admin/board">
            {admin.board}
          </a>
        </p>
      </section>
    </div>
  )
}

interface TileProps {
  title: string
  href: string
  children: ComponentChildren
}

function Tile({ title, href, children }: TileProps) {
  return (
    <section class="card tile">
      <h2>{title}</h2>
      {children}
      <p>
        <a href={href}>
          {adminTexts().admin.look}
          <span class="visually-hidden">: {title}</span>
        </a>
      </p>
    </section>
  )
}

function QueueTiles() {
  const { admin, overview } = adminTexts()
  const queues = useResource<Answer<'listQueues'>>(() => dataOf(api.GET('/admin/queues')))
  useRefresh(queues.reload, refreshEveryMs)
  return (
    <>
      <Tile title={admin.queues} href="/admin/queues">
        <Loaded from={queues}>
          {data => {
            const { waiting, running } = sumQueues(data.queues)
            return (
              <>
                <p class="tile-number">{overview.waiting(count(waiting))}</p>
                <p>{overview.running(count(running))}</p>
              </>
            )
          }}
        </Loaded>
      </Tile>
      {queues.data && (
        <Tile title={admin.deadLetters} href="/admin/dead-letters">
          <p class="tile-number">{overview.deadLetters(count(sumQueues(queues.data.queues).deadLetters))}</p>
        </Tile>
      )}
    </>
  )
}

function StorageTile() {
  const { admin, overview } = adminTexts()
  const storage = useResource<Answer<'getStorage'>>(() => dataOf(api.GET('/admin/storage')))
  return (
    <Tile title={admin.storage} href="/admin/storage">
      <Loaded from={storage}>
        {({ stores, countedAt }) => {
          const files = stores.reduce((sum, store) => sum + (store.files ?? 0), 0)
          const bytes = stores.reduce((sum, store) => sum + (store.sizeBytes ?? 0), 0)
          return (
            <p class="tile-number">
              {countedAt ? overview.files(count(files), size(bytes)) : admin.neverCounted}
            </p>
          )
        }}
      </Loaded>
    </Tile>
  )
}

function FailureTile() {
  const { admin, overview } = adminTexts()
  const failures = useResource<Answer<'listFailures'>>(() => dataOf(api.GET('/admin/failures')))
  return (
    <Tile title={admin.failures} href="/admin/failures">
      <Loaded from={failures}>{({ total }) => <p>{overview.failed(count(total))}</p>}</Loaded>
    </Tile>
  )
}

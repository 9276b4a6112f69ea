import { useEffect, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import type { Answer } from '../api/answer.ts'
import { auditTexts } from '../look/audit-texts.ts'
import { focusHeading } from '../look/focus-heading.ts'
import { Loaded } from '../look/loaded.tsx'
import { Pager } from '../look/pager.tsx'
import { type Column, Records } from '../look/records.tsx'
import { usePages } from '../look/use-pages.ts'
import { When } from '../look/when.tsx'
import { adminTexts } from './admin-texts.ts'
import { AdminView } from './admin-view.tsx'
import { filterOf, logPath } from './log-filter.ts'
import { LogFilters } from './log-filters.tsx'

type Entry = Answer<'listAuditLog'>['entries'][number]

/** What was done to accounts and to the service. The filters stand in the address, so that others can be sent there. */
export function Log() {
  const { query } = useLocation()
  const filter = filterOf(query)
  const path = logPath(filter)
  const shown = useRef(path)
  useEffect(() => {
    // The filters, and the link that was followed, are others now.
    if (shown.current !== path) focusHeading()
    shown.current = path
  }, [path])
  return (
    <AdminView title={adminTexts().admin.log}>
      <LogFilters key={path} filter={filter} />
      <Entries path={path} />
    </AdminView>
  )
}

function Entries({ path }: { path: string }) {
  const { admin, log: texts } = adminTexts()
  const pages = usePages<Answer<'listAuditLog'>, Entry>(path, ({ entries }) => entries)
  return (
    <>
      <Loaded from={pages}>
        {entries =>
          entries.length === 0 ? (
            <p class="soft">{texts.empty}</p>
          ) : (
            <Records caption={admin.log} columns={columnsOf()} rows={entries} keyOf={({ id }) => id} />
          )
        }
      </Loaded>
      <Pager hasMore={pages.hasMore} isBusy={pages.isLoadingMore} onMore={() => void pages.loadMore()} />
    </>
  )
}

function columnsOf(): Column<Entry>[] {
  const texts = adminTexts().log
  const { actions } = auditTexts()
  return [
    {
      name: texts.what,
      cell: ({ action, detail }) => (
        <>
          {actions[action] ?? action}
          {detail && <span class="record-note">{detailText(detail)}</span>}
        </>
      ),
    },
    { name: texts.whom, cell: ({ userId }) => <UserLink id={userId} /> },
    {
      name: texts.who,
      cell: ({ userId, actorId }) =>
        actorId === undefined ? texts.nobody : actorId === userId ? texts.self : <UserLink id={actorId} />,
    },
    {
      name: texts.where,
      cell: ({ clientAddress, userAgent }) => (
        <>
          {clientAddress}
          {userAgent && (
            <span class="record-note two-lines" title={userAgent}>
              {userAgent}
            </span>
          )}
        </>
      ),
    },
    { name: texts.when, cell: ({ at }) => <When at={at} /> },
  ]
}

function UserLink({ id }: { id: string }) {
  return (
    <a href={`/admin/log?userId=${id}`} title={id}>
      <code>{id.slice(0, 8)}</code>
    </a>
  )
}

function detailText(detail: Record<string, string | number | boolean>): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')
}

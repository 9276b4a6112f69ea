import type { Answer } from '../api/answer.ts'
import { auditTexts } from '../look/audit-texts.ts'
import { Loaded } from '../look/loaded.tsx'
import { Pager } from '../look/pager.tsx'
import { type Column, Records } from '../look/records.tsx'
import { usePages } from '../look/use-pages.ts'
import { When } from '../look/when.tsx'
import { settingsTexts } from './settings-texts.ts'

type Entry = Answer<'listAudit'>['entries'][number]

/** Only the link of a mail does these, and nobody needs to be signed in for it. */
const linkActions: ReadonlySet<string> = new Set(['email-verified', 'email-changed', 'password-reset'])

/** What was done to the account, by whom and from where. */
export function AccountHistory() {
  const texts = settingsTexts().sessions
  const { actions, by, byLink } = auditTexts()
  const pages = usePages<Answer<'listAudit'>, Entry>('/account/audit?limit=20', ({ entries }) => entries)
  const columns: Column<Entry>[] = [
    { name: texts.historyAction, cell: ({ action }) => actions[action] ?? action },
    {
      name: texts.historyBy,
      cell: ({ action, by: who, clientAddress }) => (
        <>
          {who === 'anonymous' && linkActions.has(action) ? byLink : by[who]}
          {clientAddress && <span class="record-note">{clientAddress}</span>}
        </>
      ),
    },
    { name: texts.historyAt, cell: ({ at }) => <When at={at} /> },
  ]
  return (
    <section>
      <h2 class="section-head">{texts.historyTitle}</h2>
      <p class="lead">{texts.historyIntro}</p>
      <Loaded from={pages}>
        {entries =>
          entries.length === 0 ? (
            <p>{texts.historyEmpty}</p>
          ) : (
            <Records caption={texts.historyTitle} columns={columns} rows={entries} keyOf={({ id }) => id} />
          )
        }
      </Loaded>
      <Pager hasMore={pages.hasMore} isBusy={pages.isLoadingMore} onMore={() => void pages.loadMore()} />
    </section>
  )
}

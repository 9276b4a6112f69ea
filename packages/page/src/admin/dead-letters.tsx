import { useSignal } from '@preact/signals'
import { useLocation } from 'preact-iso/router'
import type { Answer } from '../api/answer.ts'
import { api, dataOf } from '../api/client.ts'
import { announce } from '../app/announce.tsx'
import { Button } from '../look/button.tsx'
import { SelectField } from '../look/field.tsx'
import { focusHeading } from '../look/focus-heading.ts'
import { FormDialog } from '../look/form-dialog.tsx'
import { Loaded } from '../look/loaded.tsx'
import { Notice } from '../look/notice.tsx'
import { Records } from '../look/records.tsx'
import { useResource } from '../look/use-resource.ts'
import { adminTexts } from './admin-texts.ts'
import { AdminView } from './admin-view.tsx'
import { deadLetterColumns, type Letter } from './dead-letter-columns.tsx'
import { DeadLetterDialog } from './dead-letter-dialog.tsx'
import { count } from './format.ts'
import { isQueueName, type QueueName, queueNames } from './queue-names.ts'

const pageSize = 20

/** Jobs that failed for good, of one queue: looked at, run again, removed. */
export function DeadLetters() {
  const { query, route } = useLocation()
  const queue = isQueueName(query.queue) ? query.queue : queueNames[0]
  const { deadLetters: texts, queues, admin } = adminTexts()
  return (
    <AdminView title={admin.deadLetters}>
      <p class="lead">{texts.intro}</p>
      <div class="inline-form">
        <SelectField
          label={texts.queue}
          value={queue}
          options={queueNames.map(value => ({ value, text: `${queues.names[value]} (${value})` }))}
          onChange={next => route(`/admin/dead-letters?queue=${next}`, true)}
        />
      </div>
      <LetterList key={queue} queue={queue} />
    </AdminView>
  )
}

function LetterList({ queue }: { queue: QueueName }) {
  const texts = adminTexts().deadLetters
  const offset = useSignal(0)
  const asked = useSignal<{ what: 'inspect' | 'replay' | 'remove'; letter: Letter } | undefined>(undefined)
  const news = useSignal('')
  const page = useResource<Answer<'listDeadLetters'>>(
    () => dataOf(api.GET('/admin/dead-letters', { params: { query: listQuery(queue, offset.value) } })),
    String(offset.value),
  )
  const close = () => {
    asked.value = undefined
  }
  const tell = async (text: string) => {
    news.value = text
    announce(text)
    await page.reload()
    focusHeading()
  }
  const replay = async ({ id }: Letter) => {
    const call = api.POST('/admin/dead-letters/{queue}/{id}/replay', { params: { path: { queue, id } } })
    const { outcome } = await dataOf(call)
    await tell(texts.outcomes[outcome])
  }
  const remove = async ({ id }: Letter) => {
    await dataOf(api.DELETE('/admin/dead-letters/{queue}/{id}', { params: { path: { queue, id } } }))
    await tell(texts.removed)
  }
  const { what, letter } = asked.value ?? {}
  return (
    <>
      {news.value && (
        <Notice kind="good">
          <p>{news.value}</p>
        </Notice>
      )}
      <Loaded from={page}>
        {({ letters, total }) =>
          letters.length === 0 && offset.value === 0 ? (
            <p class="soft">{texts.empty}</p>
          ) : (
            <>
              <p class="soft">{texts.total(count(total))}</p>
              <Records
                caption={adminTexts().admin.deadLetters}
                columns={deadLetterColumns((next, of) => {
                  asked.value = { what: next, letter: of }
                })}
                rows={letters}
                keyOf={({ id }) => id}
              />
              <Pages
                offset={offset.value}
                hasMore={letters.length === pageSize && offset.value + pageSize < total}
                onMove={next => {
                  offset.value = next
                }}
              />
            </>
          )
        }
      </Loaded>
      {letter && what === 'inspect' && <DeadLetterDialog queue={queue} letter={letter} onClose={close} />}
      {letter && what === 'replay' && (
        <FormDialog
          title={texts.replayTitle}
          text={texts.replayText}
          action={texts.replay}
          kind="primary"
          onConfirm={() => replay(letter)}
          onClose={close}
        />
      )}
      {letter && what === 'remove' && (
        <FormDialog
          title={texts.removeTitle}
          text={texts.removeText}
          action={texts.remove}
          onConfirm={() => remove(letter)}
          onClose={close}
        />
      )}
    </>
  )
}

function listQuery(queue: QueueName, offset: number) {
  return { queue, limit: String(pageSize), offset: String(offset) }
}

interface PagesProps {
  offset: number
  hasMore: boolean
  onMove: (offset: number) => void
}

function Pages({ offset, hasMore, onMove }: PagesProps) {
  const texts = adminTexts().deadLetters
  return (
    <div class="pages">
      {offset > 0 && <Button onClick={() => onMove(Math.max(0, offset - pageSize))}>{texts.previous}</Button>}
      {hasMore && <Button onClick={() => onMove(offset + pageSize)}>{texts.next}</Button>}
    </div>
  )
}

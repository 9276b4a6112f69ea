import { useSignal } from '@preact/signals'
import type { Answer } from '../api/answer.ts'
import { api, dataOf } from '../api/client.ts'
import { user } from '../api/session.ts'
import { announce } from '../app/announce.tsx'
import { Button } from '../look/button.tsx'
import { focusHeading } from '../look/focus-heading.ts'
import { FormDialog } from '../look/form-dialog.tsx'
import { Loaded } from '../look/loaded.tsx'
import { type Column, Records } from '../look/records.tsx'
import { useResource } from '../look/use-resource.ts'
import { When } from '../look/when.tsx'
import { AccountHistory } from './account-history.tsx'
import { settingsTexts } from './settings-texts.ts'
import { SettingsView } from './settings-view.tsx'

type Session = Answer<'listSessions'>['sessions'][number]

export function Sessions() {
  return (
    <SettingsView title={settingsTexts().settings.sessions}>
      <SessionList />
      <AccountHistory />
    </SettingsView>
  )
}

/** What is signed in where. */
function SessionList() {
  const texts = settingsTexts().sessions
  const sessions = useResource<Answer<'listSessions'>>(() => dataOf(api.GET('/account/sessions')))
  const asked = useSignal<Session | 'all' | undefined>(undefined)
  const close = () => {
    asked.value = undefined
  }
  const nameOf = ({ client, userAgent }: Session) =>
    client?.replace(' on ', texts.on) || userAgent || texts.unknownClient

  async function end({ id }: Session): Promise<void> {
    await dataOf(api.DELETE('/account/sessions/{id}', { params: { path: { id } } }))
    announce(texts.ended)
    await sessions.reload()
    focusHeading()
  }

  async function endAll(): Promise<void> {
    await dataOf(api.DELETE('/account/sessions'))
    user.value = null
  }

  const columns: Column<Session>[] = [
    {
      name: texts.client,
      cell: session => (
        <>
          {nameOf(session)} {session.current && <span class="tag good">{texts.current}</span>}
          <span class="record-note">{session.address}</span>
        </>
      ),
    },
    { name: texts.lastUsed, cell: ({ lastUsedAt }) => <When at={lastUsedAt} /> },
    { name: texts.since, cell: ({ createdAt }) => <When at={createdAt} /> },
    { name: texts.expires, cell: ({ expiresAt }) => <When at={expiresAt} /> },
    {
      name: texts.end,
      isHidden: true,
      cell: session =>
        !session.current && (
          <div class="row">
            <Button isSmall onClick={() => (asked.value = session)}>
              {texts.end}
              <span class="visually-hidden">: {nameOf(session)}</span>
            </Button>
          </div>
        ),
    },
  ]

  return (
    <>
      <p class="lead">{texts.intro}</p>
      <Loaded from={sessions}>
        {data => (
          <Records caption={texts.caption} columns={columns} rows={data.sessions} keyOf={({ id }) => id} />
        )}
      </Loaded>
      <p class="after-list">
        <Button kind="danger" onClick={() => (asked.value = 'all')}>
          {texts.endAll}
        </Button>
      </p>
      {asked.value === 'all' && (
        <FormDialog
          title={texts.endAllTitle}
          text={texts.endAllText}
          action={texts.endAll}
          onConfirm={endAll}
          onClose={close}
        />
      )}
      {typeof asked.value === 'object' && (
        <EndDialog session={asked.value} name={nameOf(asked.value)} onConfirm={end} onClose={close} />
      )}
    </>
  )
}

interface EndDialogProps {
  session: Session
  name: string
  onConfirm: (session: Session) => Promise<void>
  onClose: () => void
}

function EndDialog({ session, name, onConfirm, onClose }: EndDialogProps) {
  const texts = settingsTexts().sessions
  return (
    <FormDialog
      title={texts.endTitle}
      text={texts.endText(name)}
      action={texts.endConfirm}
      onConfirm={() => onConfirm(session)}
      onClose={onClose}
    />
  )
}

import { useSignal } from '@preact/signals'
import type { Answer } from '../api/answer.ts'
import { api, dataOf } from '../api/client.ts'
import { announce } from '../app/announce.tsx'
import { Button } from '../look/button.tsx'
import { focusHeading } from '../look/focus-heading.ts'
import { FormDialog } from '../look/form-dialog.tsx'
import { formTexts } from '../look/form-texts.ts'
import { Loaded } from '../look/loaded.tsx'
import { type Column, Records } from '../look/records.tsx'
import { ShownOnce } from '../look/shown-once.tsx'
import { useResource } from '../look/use-resource.ts'
import { When } from '../look/when.tsx'
import { NewApiKey } from './new-api-key.tsx'
import { settingsTexts } from './settings-texts.ts'
import { SettingsView } from './settings-view.tsx'

type ApiKey = Answer<'listApiKeys'>['apiKeys'][number]

export function ApiKeys() {
  const { settings, apiKeys: texts } = settingsTexts()
  return (
    <SettingsView title={settings.apiKeys}>
      <p class="lead">{texts.intro}</p>
      <KeyList />
    </SettingsView>
  )
}

/** The keys; a new one is shown above them until its owner has copied it. */
function KeyList() {
  const texts = settingsTexts().apiKeys
  const keys = useResource<Answer<'listApiKeys'>>(() => dataOf(api.GET('/account/api-keys')))
  const created = useSignal<string | undefined>(undefined)
  const asked = useSignal<ApiKey | undefined>(undefined)

  async function revoke({ id }: ApiKey): Promise<void> {
    await dataOf(api.DELETE('/account/api-keys/{id}', { params: { path: { id } } }))
    announce(texts.revoked)
    await keys.reload()
    focusHeading()
  }

  return (
    <>
      {created.value !== undefined && (
        <ShownOnce
          title={texts.createdTitle}
          text={texts.createdText}
          label={texts.keyLabel}
          value={created.value}
          done={texts.done}
          onDone={() => {
            created.value = undefined
            focusHeading()
          }}
        />
      )}
      <Loaded from={keys}>
        {({ apiKeys }) =>
          apiKeys.length === 0 ? (
            <p class="soft">{texts.empty}</p>
          ) : (
            <Records
              caption={settingsTexts().settings.apiKeys}
              columns={columnsOf(key => {
                asked.value = key
              })}
              rows={apiKeys}
              keyOf={({ id }) => id}
            />
          )
        }
      </Loaded>
      <NewApiKey
        onCreate={key => {
          created.value = key
          void keys.reload()
        }}
      />
      {asked.value && (
        <FormDialog
          title={texts.revokeTitle}
          text={texts.revokeText(asked.value.name)}
          action={texts.revokeConfirm}
          onConfirm={() => revoke(asked.value as ApiKey)}
          onClose={() => {
            asked.value = undefined
          }}
        />
      )}
    </>
  )
}

function columnsOf(onRevoke: (key: ApiKey) => void): Column<ApiKey>[] {
  const texts = settingsTexts().apiKeys
  return [
    {
      name: texts.name,
      cell: ({ name, start }) => (
        <>
          {name}
          <code class="record-note">{start}…</code>
        </>
      ),
    },
    { name: texts.scopes, cell: ({ scopes }) => scopes.map(scope => texts.scopeNames[scope]).join(', ') },
    {
      name: texts.lastUsed,
      cell: ({ lastUsedAt }) => (lastUsedAt ? <When at={lastUsedAt} /> : formTexts().never),
    },
    { name: texts.validUntil, cell: key => <Expiry of={key} /> },
    {
      name: texts.revoke,
      isHidden: true,
      cell: key => (
        <div class="row">
          <Button isSmall onClick={() => onRevoke(key)}>
            {texts.revoke}
            <span class="visually-hidden">: {key.name}</span>
          </Button>
        </div>
      ),
    },
  ]
}

function Expiry({ of: { expiresAt } }: { of: ApiKey }) {
  const texts = settingsTexts().apiKeys
  if (!expiresAt) return <>{texts.unlimited}</>
  if (new Date(expiresAt) < new Date()) return <span class="tag bad">{texts.expired}</span>
  return <When at={expiresAt} />
}

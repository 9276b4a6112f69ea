import { useSignal } from '@preact/signals'
import { useLocation } from 'preact-iso/router'
import type { Answer } from '../api/answer.ts'
import { api, dataOf } from '../api/client.ts'
import { service } from '../api/service.ts'
import { user } from '../api/session.ts'
import { farewell } from '../home/farewell.ts'
import { Button } from '../look/button.tsx'
import { FormDialog } from '../look/form-dialog.tsx'
import { FormPassword } from '../look/form-fields.tsx'
import { Loaded } from '../look/loaded.tsx'
import { Meter } from '../look/meter.tsx'
import { Notice } from '../look/notice.tsx'
import { useResource } from '../look/use-resource.ts'
import { formatBytes, formatNumber, formatSpan } from '../texts/format-amounts.ts'
import { locale } from '../texts/locale.ts'
import { settingsTexts } from './settings-texts.ts'
import { SettingsView } from './settings-view.tsx'

/** What is stored and for how long, all of it to take along, and the end of the account. */
export function Data() {
  return (
    <SettingsView title={settingsTexts().settings.data}>
      <div class="stack">
        <Usage />
        <Retention />
        <Export />
        <Deletion />
      </div>
    </SettingsView>
  )
}

function Usage() {
  const texts = settingsTexts().data
  const usage = useResource<Answer<'getAccountUsage'>>(() => dataOf(api.GET('/account/usage')))
  const bytes = (value: number) => formatBytes(value, locale.value)
  const number = (value: number) => formatNumber(value, locale.value)
  return (
    <section class="card">
      <h2>{texts.usageTitle}</h2>
      <Loaded from={usage}>
        {({ storedBytes, maxStoredBytes, openJobs, maxOpenJobs }) => (
          <>
            {maxStoredBytes === null ? (
              <p>{texts.usedUnlimited(bytes(storedBytes))}</p>
            ) : (
              <>
                <p>{texts.used(bytes(storedBytes), bytes(maxStoredBytes))}</p>
                <Meter label={texts.meter} value={storedBytes} max={maxStoredBytes} />
                {storedBytes >= 0.9 * maxStoredBytes && (
                  <Notice kind="warning">
                    <p>{texts.almostFull}</p>
                  </Notice>
                )}
              </>
            )}
            <p class="after-meter">
              {maxOpenJobs === null
                ? texts.jobsUnlimited(number(openJobs))
                : texts.jobs(number(openJobs), number(maxOpenJobs))}
            </p>
          </>
        )}
      </Loaded>
    </section>
  )
}

function Retention() {
  const texts = settingsTexts().data
  const retention = service.value?.retention
  if (!retention) return null
  const span = (seconds: number | null, text: (time: string) => string) =>
    seconds ? text(formatSpan(seconds, locale.value)) : texts.forever
  return (
    <section class="card">
      <h2>{texts.retentionTitle}</h2>
      <dl class="facts">
        <dt>{texts.source}</dt>
        <dd>{span(retention.sourceSeconds, texts.sourceText)}</dd>
        <dt>{texts.audio}</dt>
        <dd>{span(retention.audioSeconds, texts.audioText)}</dd>
        <dt>{texts.job}</dt>
        <dd>{span(retention.jobSeconds, texts.jobText)}</dd>
      </dl>
    </section>
  )
}

function Export() {
  const texts = settingsTexts().data
  return (
    <section class="card">
      <h2>{texts.exportTitle}</h2>
      <p>{texts.exportText}</p>
      <a class="button" href="/account/export" download>
        {texts.exportButton}
      </a>
    </section>
  )
}

function Deletion() {
  const { data: texts, profile } = settingsTexts()
  const isAsked = useSignal(false)
  const { route } = useLocation()
  async function remove(values: FormData): Promise<void> {
    await dataOf(api.DELETE('/account', { body: { password: String(values.get('password')) } }))
    farewell.value = texts.deleted
    route('/', true)
    user.value = null
    // The router leaves the window where it was when an address is replaced.
    window.scrollTo(0, 0)
  }
  return (
    <section class="card">
      <h2>{texts.deleteTitle}</h2>
      <p>{texts.deleteText}</p>
      <Button
        kind="danger"
        onClick={() => {
          isAsked.value = true
        }}
      >
        {texts.deleteButton}
      </Button>
      {isAsked.value && (
        <FormDialog
          title={texts.deleteConfirmTitle}
          text={texts.deleteConfirmText(user.value?.email ?? '')}
          action={texts.deleteConfirm}
          onConfirm={remove}
          onClose={() => {
            isAsked.value = false
          }}
        >
          <FormPassword name="password" label={profile.currentPassword} autocomplete="current-password" />
        </FormDialog>
      )}
    </section>
  )
}

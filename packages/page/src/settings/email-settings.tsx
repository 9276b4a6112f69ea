import { useSignal } from '@preact/signals'
import { api, dataOf } from '../api/client.ts'
import { refreshSession, user } from '../api/session.ts'
import { announce } from '../app/announce.tsx'
import { Form } from '../look/form.tsx'
import { FormField, FormPassword } from '../look/form-fields.tsx'
import { Notice } from '../look/notice.tsx'
import { useForm } from '../look/use-form.ts'
import type { OwnAccount } from './own-account.ts'
import { settingsTexts } from './settings-texts.ts'

interface EmailSettingsProps {
  account: OwnAccount
  /** Called when the address has changed, or is to be confirmed. */
  onChange: () => void
}

/** The address of the account, whether it is confirmed, and the change of it. */
export function EmailSettings({ account, onChange }: EmailSettingsProps) {
  const texts = settingsTexts().profile
  const { email, pendingEmail } = account
  const isVerified = user.value?.verified ?? account.emailVerified
  const news = useSignal('')
  const form = useForm(async (values, element) => {
    const wanted = String(values.get('email')).trim()
    const body = { email: wanted, password: String(values.get('password')) }
    const call = api.POST('/account/email', { body })
    await dataOf(call)
    const { response } = await call
    news.value = response.status === 202 ? texts.emailRequested(wanted) : texts.emailChanged
    announce(news.value)
    element.reset()
    void refreshSession().catch(() => {})
    onChange()
  })
  return (
    <section class="card">
      <h2>{texts.emailTitle}</h2>
      <p>
        {email}{' '}
        <span class={isVerified ? 'tag good' : 'tag warning'}>
          {isVerified ? texts.verified : texts.unverified}
        </span>
      </p>
      {!isVerified && (
        <Notice kind="warning">
          <p>{texts.unverifiedText}</p>
          <p>
            <a href="/sign-up">{texts.confirmNow}</a>
          </p>
        </Notice>
      )}
      {news.value ? (
        <Notice kind="good">
          <p>{news.value}</p>
        </Notice>
      ) : (
        pendingEmail && (
          <Notice>
            <p>{texts.pending(pendingEmail)}</p>
          </Notice>
        )
      )}
      <details class="folded">
        <summary>{texts.changeEmail}</summary>
        <Form form={form} label={texts.changeEmail} submit={texts.changeEmail}>
          <FormField
            name="email"
            label={texts.newEmail}
            type="email"
            autocomplete="email"
            required
            maxLength={254}
          />
          <FormPassword name="password" label={texts.currentPassword} autocomplete="current-password" />
        </Form>
      </details>
    </section>
  )
}

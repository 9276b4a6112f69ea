import { useSignal } from '@preact/signals'
import { api, dataOf } from '../api/client.ts'
import { announce } from '../app/announce.tsx'
import { Form } from '../look/form.tsx'
import { FormPassword } from '../look/form-fields.tsx'
import { Notice } from '../look/notice.tsx'
import { useForm } from '../look/use-form.ts'
import { settingsTexts } from './settings-texts.ts'

/** The change of the password. */
export function PasswordSettings({ email }: { email: string }) {
  const texts = settingsTexts().profile
  const isChanged = useSignal(false)
  const form = useForm(async (values, element) => {
    isChanged.value = false
    const body = {
      current_password: String(values.get('current_password')),
      new_password: String(values.get('new_password')),
    }
    await dataOf(api.POST('/account/password', { body }))
    element.reset()
    isChanged.value = true
    announce(texts.passwordChanged)
  })
  return (
    <section class="card">
      <h2>{texts.passwordTitle}</h2>
      {isChanged.value && (
        <Notice kind="good">
          <p>{texts.passwordChanged}</p>
        </Notice>
      )}
      <details class="folded">
        <summary>{texts.changePassword}</summary>
        <Form form={form} label={texts.changePassword} submit={texts.changePassword}>
          {/* Password managers learn from it which account the password belongs to. */}
          <input
            class="visually-hidden"
            type="email"
            autocomplete="username"
            value={email}
            readOnly
            tabIndex={-1}
            aria-hidden="true"
          />
          <FormPassword
            name="current_password"
            label={texts.currentPassword}
            autocomplete="current-password"
          />
          <FormPassword
            name="new_password"
            label={texts.newPassword}
            autocomplete="new-password"
            hint={texts.passwordHint}
          />
        </Form>
      </details>
    </section>
  )
}

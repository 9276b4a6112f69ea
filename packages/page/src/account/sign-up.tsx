import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { ApiError, api, dataOf } from '../api/client.ts'
import { service } from '../api/service.ts'
import { refreshSession, signIn, user } from '../api/session.ts'
import { View } from '../app/view.tsx'
import { Form } from '../look/form.tsx'
import { FormPassword, passwordLengths } from '../look/form-fields.tsx'
import { Notice } from '../look/notice.tsx'
import { useForm } from '../look/use-form.ts'
import { language } from '../texts/language.ts'
import './account.css'
import { accountTexts } from './account-texts.ts'
import { EmailField } from './email-field.tsx'
import { MailWait } from './mail-wait.tsx'

interface Credentials {
  email: string
  password: string
}

export function SignUp() {
  const texts = accountTexts()
  const { route } = useLocation()
  const sent = useSignal<Credentials | undefined>(undefined)
  const current = user.value
  const hasAccount = current != null && !current.guest
  const isDone = hasAccount && current.verified
  useEffect(() => {
    if (isDone) route('/', true)
  }, [isDone])

  async function signUp(values: FormData): Promise<void> {
    const email = String(values.get('email')).trim()
    const password = String(values.get('password'))
    await dataOf(api.POST('/register', { body: { email, password, language: language.value } }))
    await signIn({ email, password }).catch(error => {
      // Where mail is on, an address that has an account is not told here: its owner gets a mail.
      if (!(error instanceof ApiError) || error.code !== 'credentials-wrong') throw error
    })
    sent.value = { email, password }
    // Without mail the address counts as confirmed.
    if (service.value?.mail === false) await refreshSession()
  }

  if (sent.value || (hasAccount && !current.verified))
    return (
      <View key="wait" title={texts.wait.title}>
        <MailWait
          email={sent.value?.email ?? current?.email ?? ''}
          password={sent.value?.password}
          onRestart={() => {
            sent.value = undefined
          }}
        />
      </View>
    )
  return (
    <View key="ask" title={texts.signUp.title}>
      {service.value?.registration === false ? (
        <Notice kind="warning">
          <p>{texts.signUp.off}</p>
        </Notice>
      ) : (
        <SignUpForm send={signUp} />
      )}
    </View>
  )
}

function SignUpForm({ send }: { send: (values: FormData) => Promise<void> }) {
  const texts = accountTexts()
  const form = useForm(send)
  return (
    <div class="card narrow">
      {user.value?.guest && (
        <Notice>
          <p>{texts.signUp.guestKeeps}</p>
        </Notice>
      )}
      <Form form={form} label={texts.signUp.title} submit={texts.signUp.submit} busy={texts.signUp.busy}>
        <EmailField />
        <FormPassword
          name="password"
          label={texts.password}
          autocomplete="new-password"
          hint={texts.signUp.passwordHint(passwordLengths.min)}
        />
      </Form>
      <p class="after-form">
        {texts.signUp.haveAccount} <a href="/sign-in">{texts.signUp.signIn}</a>
      </p>
    </div>
  )
}

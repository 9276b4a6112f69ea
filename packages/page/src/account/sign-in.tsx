import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { service } from '../api/service.ts'
import { enterAsGuest, signIn, user } from '../api/session.ts'
import { View } from '../app/view.tsx'
import './account.css'
import { Button } from '../look/button.tsx'
import { Form } from '../look/form.tsx'
import { FormPassword } from '../look/form-fields.tsx'
import { Notice } from '../look/notice.tsx'
import { useAction } from '../look/use-action.ts'
import { useForm } from '../look/use-form.ts'
import { formatBytes, formatSpan } from '../texts/format-amounts.ts'
import { locale } from '../texts/locale.ts'
import { accountTexts } from './account-texts.ts'
import { EmailField } from './email-field.tsx'
import { returnPath } from './return-path.ts'

export function SignIn() {
  const texts = accountTexts()
  const { query, route } = useLocation()
  const isSignedIn = user.value != null && !user.value.guest
  useEffect(() => {
    if (isSignedIn) route(returnPath(query.from), true)
  }, [isSignedIn])
  const form = useForm(values =>
    signIn({ email: String(values.get('email')).trim(), password: String(values.get('password')) }),
  )
  return (
    <View title={texts.signIn.title}>
      {query.from && (
        <Notice>
          <p>{texts.signIn.needed}</p>
        </Notice>
      )}
      <div class="card narrow">
        <Form form={form} label={texts.signIn.title} submit={texts.signIn.submit} busy={texts.signIn.busy}>
          <EmailField />
          <FormPassword name="password" label={texts.password} autocomplete="current-password" />
        </Form>
        <p class="after-form">
          <a href="/forgot-password">{texts.signIn.forgot}</a>
        </p>
        {service.value?.registration !== false && (
          <p>
            {texts.signIn.noAccount} <a href="/sign-up">{texts.signIn.signUp}</a>
          </p>
        )}
        {!user.value && <GuestEntry from={query.from} />}
      </div>
    </View>
  )
}

/** The way in without an account, where the operator allows it. */
function GuestEntry({ from }: { from: string | undefined }) {
  const texts = accountTexts().signIn
  const { route } = useLocation()
  const action = useAction()
  const guests = service.value?.guests
  if (!guests) return null
  const size = formatBytes(guests.maxUploadBytes, locale.value)
  const kept = formatSpan(guests.keptSeconds, locale.value)
  const enter = () =>
    action.run(async () => {
      await enterAsGuest()
      route(returnPath(from), true)
    })
  return (
    <div class="other-way">
      <p class="soft">{texts.or}</p>
      <Button isBusy={action.isBusy} onClick={() => void enter()}>
        {texts.guest}
      </Button>
      <p class="field-hint">{texts.guestHint(size, kept)}</p>
      <div role="alert" class="form-problem">
        {action.problem}
      </div>
    </div>
  )
}

import { useSignal } from '@preact/signals'
import { api, dataOf } from '../api/client.ts'
import { refreshSession, user } from '../api/session.ts'
import { announce } from '../app/announce.tsx'
import { Button } from '../look/button.tsx'
import { Form } from '../look/form.tsx'
import { FormField, FormPassword } from '../look/form-fields.tsx'
import { Notice } from '../look/notice.tsx'
import { useAction } from '../look/use-action.ts'
import { useForm } from '../look/use-form.ts'
import { useRefresh } from '../look/use-refresh.ts'
import { accountTexts } from './account-texts.ts'

/** How often is looked whether the address is confirmed, in milliseconds. */
const lookEveryMs = 4_000

interface MailWaitProps {
  email: string
  /** Known when the account was made just now: it need not be typed again. */
  password: string | undefined
  /** Leads back to the form, with another address. */
  onRestart: () => void
}

/** Shown until the link in the mail is opened: what to do, what if nothing comes, and what if the address was wrong. */
export function MailWait({ email, password, onRestart }: MailWaitProps) {
  const texts = accountTexts().wait
  const isSignedIn = user.value != null && !user.value.guest
  const hasOtherAddress = useSignal<string | undefined>(undefined)
  useRefresh(async () => {
    if (isSignedIn) await refreshSession().catch(() => {})
    if (user.value?.verified) announce(texts.done)
  }, lookEveryMs)
  const sentTo = hasOtherAddress.value
  return (
    <div class="card narrow">
      <p>{sentTo === undefined ? texts.sent(email) : texts.changed(sentTo)}</p>
      <p>{isSignedIn ? texts.watching : texts.maybe}</p>
      {isSignedIn ? (
        <>
          <p>{texts.goOn}</p>
          <p>
            <a class="button primary" href="/">
              {texts.start}
            </a>
          </p>
          <Resend />
          <details class="other-way">
            <summary>{texts.otherAddress}</summary>
            <OtherAddress
              password={password}
              onChange={next => {
                hasOtherAddress.value = next
                announce(texts.changed(next))
              }}
            />
          </details>
        </>
      ) : (
        <div class="row">
          <a class="button primary" href="/sign-in">
            {texts.signIn}
          </a>
          <Button onClick={onRestart}>{texts.otherAddress}</Button>
        </div>
      )}
    </div>
  )
}

function Resend() {
  const texts = accountTexts().wait
  const action = useAction()
  const isSent = useSignal(false)
  const resend = () =>
    action.run(async () => {
      await dataOf(api.POST('/verify-email/resend'))
      isSent.value = true
    })
  return (
    <>
      <Button isBusy={action.isBusy} onClick={() => void resend()}>
        {texts.resend}
      </Button>
      <div role="status">{isSent.value && !action.problem && <p>{texts.resent}</p>}</div>
      {action.problem && (
        <Notice kind="bad">
          <p>{action.problem}</p>
        </Notice>
      )}
    </>
  )
}

interface OtherAddressProps {
  password: string | undefined
  onChange: (email: string) => void
}

/** Gives the new account another address. */
function OtherAddress({ password, onChange }: OtherAddressProps) {
  const texts = accountTexts()
  const form = useForm(async values => {
    const email = String(values.get('email')).trim()
    const body = { email, password: password ?? String(values.get('password')) }
    await dataOf(api.POST('/account/email', { body }))
    onChange(email)
  })
  return (
    <Form form={form} label={texts.wait.otherAddress} submit={texts.wait.change}>
      <FormField
        name="email"
        label={texts.wait.newEmail}
        type="email"
        autocomplete="email"
        required
        maxLength={254}
      />
      {password === undefined && (
        <FormPassword name="password" label={texts.password} autocomplete="current-password" />
      )}
    </Form>
  )
}

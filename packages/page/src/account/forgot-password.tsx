import { useSignal } from '@preact/signals'
import { api, dataOf } from '../api/client.ts'
import { service } from '../api/service.ts'
import { View } from '../app/view.tsx'
import { Button } from '../look/button.tsx'
import { Form } from '../look/form.tsx'
import { Notice } from '../look/notice.tsx'
import { useForm } from '../look/use-form.ts'
import './account.css'
import { accountTexts } from './account-texts.ts'
import { EmailField } from './email-field.tsx'

export function ForgotPassword() {
  const texts = accountTexts()
  const sentTo = useSignal<string | undefined>(undefined)
  const form = useForm(async values => {
    const email = String(values.get('email')).trim()
    await dataOf(api.POST('/password-reset', { body: { email } }))
    sentTo.value = email
  })
  const back = (
    <p class="after-form">
      <a href="/sign-in">{texts.forgot.back}</a>
    </p>
  )
  if (service.value?.mail === false)
    return (
      <View title={texts.forgot.title}>
        <Notice kind="warning">
          <p>{texts.forgot.off}</p>
        </Notice>
        {back}
      </View>
    )
  if (sentTo.value !== undefined)
    return (
      <View key="sent" title={texts.forgot.sentTitle}>
        <div class="card narrow">
          <p>{texts.forgot.sent(sentTo.value)}</p>
          <p>{texts.forgot.warning}</p>
          <Button
            onClick={() => {
              sentTo.value = undefined
            }}
          >
            {texts.forgot.again}
          </Button>
          {back}
        </div>
      </View>
    )
  return (
    <View key="ask" title={texts.forgot.title}>
      <div class="card narrow">
        <p>{texts.forgot.intro}</p>
        <Form form={form} label={texts.forgot.title} submit={texts.forgot.submit} busy={texts.forgot.busy}>
          <EmailField />
        </Form>
        {back}
      </div>
    </View>
  )
}

import { useSignal } from '@preact/signals'
import { api, dataOf } from '../api/client.ts'
import { announce } from '../app/announce.tsx'
import { Form } from '../look/form.tsx'
import { FormSelect } from '../look/form-fields.tsx'
import { useForm } from '../look/use-form.ts'
import { isLanguage } from '../texts/choose-language.ts'
import type { OwnAccount } from './own-account.ts'
import { settingsTexts } from './settings-texts.ts'

/** Languages of mails, each in its own words. */
const mailLanguages = [
  { value: 'en', text: 'English' },
  { value: 'de', text: 'Deutsch' },
] as const

interface MailSettingsProps {
  account: OwnAccount
  onChange: (account: OwnAccount) => void
}

/** Which mails come, and in which language. */
export function MailSettings({ account, onChange }: MailSettingsProps) {
  const { profile: texts, settings: common } = settingsTexts()
  const isSaved = useSignal(false)
  const form = useForm(async values => {
    isSaved.value = false
    const language = values.get('language')
    const body = { notices: values.has('notices'), ...(isLanguage(language) && { language }) }
    onChange(await dataOf(api.PATCH('/account', { body })))
    isSaved.value = true
    announce(common.saved)
  })
  return (
    <section class="card">
      <h2>{texts.mailsTitle}</h2>
      <Form
        form={form}
        label={texts.mailsTitle}
        submit={common.save}
        actions={isSaved.value && <span class="soft">{common.saved}</span>}
      >
        <label class="check">
          <input
            type="checkbox"
            name="notices"
            defaultChecked={account.notices}
            aria-describedby="notices-hint"
          />
          <span>{texts.notices}</span>
        </label>
        <p class="field-hint" id="notices-hint">
          {texts.noticesHint}
        </p>
        <FormSelect
          name="language"
          label={texts.language}
          options={mailLanguages}
          initial={account.language}
        />
      </Form>
    </section>
  )
}

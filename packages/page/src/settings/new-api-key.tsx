import type { Answer } from '../api/answer.ts'
import { api, dataOf } from '../api/client.ts'
import { Form } from '../look/form.tsx'
import { FormChecks, FormField, FormSelect } from '../look/form-fields.tsx'
import { useForm } from '../look/use-form.ts'
import { problemTexts } from '../problems/problem-texts.ts'
import { settingsTexts } from './settings-texts.ts'

type Scope = Answer<'listApiKeys'>['apiKeys'][number]['scopes'][number]

const scopes: readonly Scope[] = ['jobs:read', 'jobs:write', 'files:read']
/** Lives of a key to choose from, in days; empty is without an end. */
const lives = ['30', '90', '365', ''] as const

interface NewApiKeyProps {
  /** @param key - the secret, which is shown this once */
  onCreate: (key: string) => void
}

/** Makes a key: its name, what it may do, and how long it is valid. */
export function NewApiKey({ onCreate }: NewApiKeyProps) {
  const texts = settingsTexts().apiKeys
  const check = (values: FormData): Record<string, string> =>
    values.has('scopes') ? {} : { scopes: problemTexts().fields.atLeastOne }
  const form = useForm(
    async (values, element) => {
      const days = Number(values.get('expiresInDays'))
      const body = {
        name: String(values.get('name')).trim(),
        scopes: scopes.filter(scope => values.getAll('scopes').includes(scope)),
        ...(days > 0 && { expiresInDays: days }),
      }
      const { key } = await dataOf(api.POST('/account/api-keys', { body }))
      element.reset()
      onCreate(key)
    },
    { check },
  )
  const lifeText = (days: string) =>
    days === '' ? texts.expiryNever : days === '365' ? texts.expiryYear : texts.expiryDays(days)
  return (
    <section class="card after-list">
      <h2>{texts.createTitle}</h2>
      <Form form={form} label={texts.createTitle} submit={texts.create}>
        <FormField
          name="name"
          label={texts.name}
          hint={texts.nameHint}
          required
          maxLength={100}
          autocomplete="off"
        />
        <FormChecks
          name="scopes"
          label={texts.scopes}
          initial={scopes}
          options={scopes.map(scope => ({ value: scope, text: texts.scopeNames[scope], hint: scope }))}
        />
        <FormSelect
          name="expiresInDays"
          label={texts.expires}
          initial="90"
          options={lives.map(days => ({ value: days, text: lifeText(days) }))}
        />
      </Form>
    </section>
  )
}

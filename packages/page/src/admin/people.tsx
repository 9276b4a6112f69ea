import { useSignal } from '@preact/signals'
import { useLocation } from 'preact-iso/router'
import type { Answer } from '../api/answer.ts'
import { api, dataOf } from '../api/client.ts'
import { user } from '../api/session.ts'
import { announce } from '../app/announce.tsx'
import { Form } from '../look/form.tsx'
import { FormDialog } from '../look/form-dialog.tsx'
import { FormField } from '../look/form-fields.tsx'
import { Loaded } from '../look/loaded.tsx'
import { Pager } from '../look/pager.tsx'
import { Records } from '../look/records.tsx'
import { useForm } from '../look/use-form.ts'
import { usePages } from '../look/use-pages.ts'
import { adminTexts } from './admin-texts.ts'
import { AdminView } from './admin-view.tsx'
import { LargestUsers } from './largest-users.tsx'
import { type Person, peopleColumns } from './people-columns.tsx'
import { useUsage } from './use-usage.ts'

/** Who has an account, what each stores, and who is locked. */
export function People() {
  const { admin, people: texts } = adminTexts()
  const { query, route } = useLocation()
  const form = useForm(async values => {
    const email = String(values.get('email')).trim()
    route(email ? `/admin/people?email=${encodeURIComponent(email)}` : '/admin/people', true)
  })
  return (
    <AdminView title={admin.people}>
      <div class="inline-form search-form">
        <Form form={form} label={texts.find} submit={texts.find}>
          <FormField
            name="email"
            label={texts.search}
            defaultValue={query.email}
            type="search"
            autocomplete="off"
            spellcheck={false}
            maxLength={254}
          />
        </Form>
      </div>
      <PeopleList email={query.email ?? ''} />
      {!query.email && <LargestUsers />}
    </AdminView>
  )
}

function PeopleList({ email }: { email: string }) {
  const texts = adminTexts().people
  const path = email ? `/admin/users?limit=25&email=${encodeURIComponent(email)}` : '/admin/users?limit=25'
  const pages = usePages<Answer<'listUsers'>, Person>(path, ({ users }) => users)
  const usage = useUsage(pages.data)
  const asked = useSignal<Person | undefined>(undefined)
  const person = asked.value
  const isLocked = person?.lockedAt !== undefined

  async function change({ id }: Person): Promise<void> {
    const params = { path: { id } }
    const call = isLocked
      ? api.POST('/admin/users/{id}/unlock', { params })
      : api.POST('/admin/users/{id}/lock', { params })
    const changed: Person = await dataOf<Person>(call)
    pages.replace((pages.data ?? []).map(other => (other.id === id ? changed : other)))
    announce(isLocked ? texts.unlockedNow : texts.lockedNow)
  }

  return (
    <div class="after-list">
      <Loaded from={pages}>
        {people =>
          people.length === 0 ? (
            <p class="soft">{texts.empty}</p>
          ) : (
            <Records
              caption={adminTexts().admin.people}
              columns={peopleColumns(usage, user.value?.id, next => {
                asked.value = next
              })}
              rows={people}
              keyOf={({ id }) => id}
            />
          )
        }
      </Loaded>
      <Pager hasMore={pages.hasMore} isBusy={pages.isLoadingMore} onMore={() => void pages.loadMore()} />
      {person && (
        <FormDialog
          title={isLocked ? texts.unlockTitle : texts.lockTitle}
          text={
            isLocked ? texts.unlockText(person.email || person.id) : texts.lockText(person.email || person.id)
          }
          action={isLocked ? texts.unlock : texts.lock}
          kind={isLocked ? 'primary' : 'danger'}
          onConfirm={() => change(person)}
          onClose={() => {
            asked.value = undefined
          }}
        />
      )}
    </div>
  )
}

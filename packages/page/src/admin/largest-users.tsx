import type { Answer } from '../api/answer.ts'
import { api, dataOf } from '../api/client.ts'
import { Loaded } from '../look/loaded.tsx'
import { type Column, Records } from '../look/records.tsx'
import { useResource } from '../look/use-resource.ts'
import { When } from '../look/when.tsx'
import { adminTexts } from './admin-texts.ts'
import { count, size } from './format.ts'

type UserUsage = Answer<'listUsage'>['users'][number]
type NamedUsage = UserUsage & { name: string }

const limit = '10'

/** A user without an address - a guest, or one who is gone - bears his id. */
async function fetchLargest() {
  const { users, countedAt } = await dataOf(api.GET('/admin/usage', { params: { query: { limit } } }))
  const ids = users.map(({ userId }) => userId).join(',')
  const known =
    ids === ''
      ? []
      : await dataOf(api.GET('/admin/users', { params: { query: { ids, limit } } })).then(
          answer => answer.users,
          // The numbers are worth showing without the names.
          () => [],
        )
  const names = new Map(known.map(({ id, email }) => [id, email] as const))
  return { countedAt, users: users.map(user => ({ ...user, name: names.get(user.userId) || user.userId })) }
}

/** Those who store most, in the order of the last count. */
export function LargestUsers() {
  const { admin, people: texts, storage } = adminTexts()
  const usage = useResource(fetchLargest)
  const columns: Column<NamedUsage>[] = [
    { name: texts.person, cell: ({ userId, name }) => <a href={`/admin/log?userId=${userId}`}>{name}</a> },
    { name: texts.stored, isNumber: true, cell: ({ storedBytes }) => size(storedBytes) },
    { name: storage.files, isNumber: true, cell: ({ files }) => count(files) },
    { name: texts.jobs, isNumber: true, cell: ({ openJobs }) => count(openJobs) },
  ]
  return (
    <section>
      <h2 class="section-head">{texts.largest}</h2>
      <Loaded from={usage}>
        {({ users, countedAt }) =>
          countedAt === undefined || users.length === 0 ? (
            <p class="soft">{countedAt === undefined ? admin.neverCounted : texts.noneStores}</p>
          ) : (
            <>
              <p class="soft">
                {texts.largestText} {admin.counted} <When at={countedAt} />
              </p>
              <Records
                caption={texts.largest}
                columns={columns}
                rows={users}
                keyOf={({ userId }) => userId}
              />
            </>
          )
        }
      </Loaded>
    </section>
  )
}

import type { Answer } from '../api/answer.ts'
import { api, dataOf } from '../api/client.ts'
import { Loaded } from '../look/loaded.tsx'
import { type Column, Records } from '../look/records.tsx'
import { useResource } from '../look/use-resource.ts'
import { When } from '../look/when.tsx'
import { adminTexts } from './admin-texts.ts'
import { count, size } from './format.ts'

type UsageList = Answer<'listUsage'>
type UserUsage = UsageList['users'][number]

/** Those who store most, in the order of the last count. */
export function LargestUsers() {
  const { admin, people: texts, storage } = adminTexts()
  const usage = useResource<UsageList>(() =>
    dataOf(api.GET('/admin/usage', { params: { query: { limit: '10' } } })),
  )
  const columns: Column<UserUsage>[] = [
    { name: texts.person, cell: ({ userId }) => <a href={`/admin/log?userId=${userId}`}>{userId}</a> },
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

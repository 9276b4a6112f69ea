import { useSignal } from '@preact/signals'
import { api, dataOf } from '../api/client.ts'
import { announce } from '../app/announce.tsx'
import { Button } from '../look/button.tsx'
import { Loaded } from '../look/loaded.tsx'
import { type Column, Records } from '../look/records.tsx'
import { useAction } from '../look/use-action.ts'
import { useRefresh } from '../look/use-refresh.ts'
import { useResource } from '../look/use-resource.ts'
import { When } from '../look/when.tsx'
import { formatSpan } from '../texts/format-amounts.ts'
import { locale } from '../texts/locale.ts'
import { adminTexts } from './admin-texts.ts'
import { AdminView } from './admin-view.tsx'
import { count, size } from './format.ts'
import type { StorageState } from './states.ts'
import { StorageLimits } from './storage-limits.tsx'
import { UpkeepRuns } from './upkeep-runs.tsx'

type Store = StorageState['stores'][number]

/** How often the upkeep is looked at again, in milliseconds. */
const refreshEveryMs = 10_000

/** What is stored, for how long, and what the upkeep did about it. */
export function Storage() {
  return (
    <AdminView title={adminTexts().admin.storage}>
      <StorageParts />
    </AdminView>
  )
}

function StorageParts() {
  const texts = adminTexts().storage
  const storage = useResource<StorageState>(() => dataOf(api.GET('/admin/storage')))
  useRefresh(storage.reload, refreshEveryMs)
  return (
    <Loaded from={storage}>
      {state => (
        <>
          <Stores state={state} />
          <StorageLimits state={state} />
          <h2 class="section-head">{texts.upkeep}</h2>
          <Upkeep state={state} onRequest={storage.reload} />
          <UpkeepRuns runs={state.upkeep.runs} />
        </>
      )}
    </Loaded>
  )
}

function Stores({ state: { stores, countedAt, users } }: { state: StorageState }) {
  const { storage: texts, admin } = adminTexts()
  const columns: Column<Store>[] = [
    {
      name: texts.store,
      cell: ({ name, kind }) => (
        <>
          {texts.names[name]}
          <span class="record-note">{texts.kinds[kind]}</span>
        </>
      ),
    },
    {
      name: texts.files,
      isNumber: true,
      cell: ({ files, incomplete }) => (
        <>
          {count(files)}
          {Boolean(incomplete) && <span class="record-note">{texts.incomplete(count(incomplete))}</span>}
        </>
      ),
    },
    { name: texts.size, isNumber: true, cell: ({ sizeBytes }) => size(sizeBytes) },
    {
      name: texts.free,
      isNumber: true,
      cell: ({ freeBytes }) => (freeBytes === undefined ? texts.unknown : size(freeBytes)),
    },
  ]
  return (
    <>
      <Records caption={texts.stores} columns={columns} rows={stores} keyOf={({ name }) => name} />
      <p class="soft after-table">
        {countedAt ? (
          <>
            {users !== undefined && texts.users(count(users))} {admin.counted} <When at={countedAt} />
          </>
        ) : (
          admin.neverCounted
        )}
      </p>
    </>
  )
}

interface UpkeepProps {
  state: StorageState
  onRequest: () => Promise<void>
}

function Upkeep({ state: { upkeep }, onRequest }: UpkeepProps) {
  const texts = adminTexts().storage
  const action = useAction()
  const isRequested = useSignal(false)
  const request = async () => {
    await dataOf(api.POST('/admin/storage/upkeep'))
    isRequested.value = true
    announce(texts.requested)
    await onRequest()
  }
  return (
    <>
      <p class="lead">{texts.upkeepText(formatSpan(upkeep.intervalSeconds, locale.value))}</p>
      <p>
        {upkeep.running
          ? texts.running
          : upkeep.nextAt && (
              <>
                {texts.next} <When at={upkeep.nextAt} />
              </>
            )}
      </p>
      <p class="row">
        <Button isBusy={action.isBusy} onClick={() => void action.run(request)}>
          {texts.runNow}
        </Button>
        {isRequested.value && <span class="soft">{texts.requested}</span>}
      </p>
      <div role="alert" class="form-problem">
        {action.problem}
      </div>
    </>
  )
}

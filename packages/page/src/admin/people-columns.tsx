import type { Answer } from '../api/answer.ts'
import { Button } from '../look/button.tsx'
import { Meter } from '../look/meter.tsx'
import type { Column } from '../look/records.tsx'
import { When } from '../look/when.tsx'
import { adminTexts } from './admin-texts.ts'
import { count, size } from './format.ts'
import type { UsageByUser } from './use-usage.ts'

export type Person = Answer<'listUsers'>['users'][number]

/** Columns of the list of accounts.
 *  @param ownId - the admin's own account, which he cannot lock
 *  @param onAsk - called with whom to lock or unlock */
export function peopleColumns(
  usage: UsageByUser,
  ownId: string | undefined,
  onAsk: (person: Person) => void,
): Column<Person>[] {
  const texts = adminTexts().people
  const nameOf = ({ email, id }: Person) => email || `${texts.guest} ${id.slice(0, 8)}`
  return [
    {
      name: texts.person,
      cell: person => (
        <>
          {nameOf(person)} <Tags of={person} />
          <code class="record-note">{person.id}</code>
        </>
      ),
    },
    { name: texts.since, cell: ({ createdAt }) => <When at={createdAt} /> },
    {
      name: texts.stored,
      cell: person => {
        const used = usage.byUser.get(person.id)
        const max = usage.maxStoredBytes
        if (!used) return '–'
        if (max === null) return size(used.storedBytes)
        return (
          <>
            {texts.ofQuota(size(used.storedBytes), size(max))}
            <Meter label={texts.meter(nameOf(person))} value={used.storedBytes} max={max} />
          </>
        )
      },
    },
    { name: texts.jobs, isNumber: true, cell: ({ id }) => count(usage.byUser.get(id)?.openJobs) },
    {
      name: texts.lock,
      isHidden: true,
      cell: person => (
        <div class="row">
          <a class="button small" href={`/admin/log?userId=${person.id}`}>
            {texts.log}
            <span class="visually-hidden">: {nameOf(person)}</span>
          </a>
          {person.id !== ownId && (
            <Button kind={person.lockedAt ? undefined : 'danger'} isSmall onClick={() => onAsk(person)}>
              {person.lockedAt ? texts.unlock : texts.lock}
              <span class="visually-hidden">: {nameOf(person)}</span>
            </Button>
          )}
        </div>
      ),
    },
  ]
}

function Tags({ of: { roles, emailVerified, lockedAt } }: { of: Person }) {
  const texts = adminTexts().people
  const isGuest = roles.includes('guest')
  return (
    <>
      {roles.includes('admin') && <span class="tag good">{texts.admin}</span>}{' '}
      {lockedAt && <span class="tag bad">{texts.locked}</span>}{' '}
      {!emailVerified && !isGuest && <span class="tag warning">{texts.unverified}</span>}
    </>
  )
}

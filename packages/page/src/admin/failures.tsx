import { useLocation } from 'preact-iso/router'
import type { Answer } from '../api/answer.ts'
import { api, dataOf } from '../api/client.ts'
import { SelectField } from '../look/field.tsx'
import { Loaded } from '../look/loaded.tsx'
import { useResource } from '../look/use-resource.ts'
import { When } from '../look/when.tsx'
import { locale } from '../texts/locale.ts'
import { adminTexts } from './admin-texts.ts'
import { AdminView } from './admin-view.tsx'
import { Bar } from './bar.tsx'
import { startOfPeriod } from './failure-period.ts'
import { count } from './format.ts'

type FailureList = Answer<'listFailures'>
type Reason = FailureList['reasons'][number]

/** Periods to choose from, in days; today is the first. */
const periods = ['1', '7', '30'] as const

/** Conversions that stand as failed, by reason and by day. */
export function Failures() {
  const { admin, failures: texts } = adminTexts()
  const { query, route } = useLocation()
  const period = periods.find(days => days === query.days) ?? '7'
  return (
    <AdminView title={admin.failures}>
      <div class="inline-form">
        <SelectField
          label={texts.since}
          value={period}
          options={periods.map(value => ({ value, text: texts.days(Number(value)) }))}
          onChange={days => route(`/admin/failures?days=${days}`, true)}
        />
      </div>
      <FailureParts key={period} days={Number(period)} />
    </AdminView>
  )
}

function FailureParts({ days }: { days: number }) {
  const { admin, failures: texts } = adminTexts()
  const since = startOfPeriod(new Date(), days)
  const failures = useResource<FailureList>(() =>
    dataOf(api.GET('/admin/failures', { params: { query: { since } } })),
  )
  return (
    <Loaded from={failures}>
      {data => (
        <>
          <p>
            {data.total === 0 ? texts.none : texts.total(count(data.total))}{' '}
            <span class="soft">
              {data.countedAt ? (
                <>
                  {admin.counted} <When at={data.countedAt} />
                </>
              ) : (
                admin.neverCounted
              )}
            </span>
          </p>
          {data.total > 0 && <Charts list={data} />}
        </>
      )}
    </Loaded>
  )
}

function Charts({ list: { reasons, days, total } }: { list: FailureList }) {
  const texts = adminTexts().failures
  const busiest = Math.max(...days.map(day => day.count))
  const dayName = (day: string) =>
    new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day))
  return (
    <>
      <h2 class="section-head">{texts.byReason}</h2>
      <ul class="bars">
        {reasons.map(reason => (
          <li key={reason.code}>
            <Bar label={reasonName(reason.code)} value={reason.count} max={total} />
            <Examples of={reason} />
          </li>
        ))}
      </ul>
      <h2 class="section-head">{texts.byDay}</h2>
      <ul class="bars">
        {days.map(({ day, count: failed }) => (
          <li key={day}>
            <Bar label={dayName(day)} value={failed} max={busiest} />
          </li>
        ))}
      </ul>
    </>
  )
}

function reasonName(code: string): string {
  const { reasons, other } = adminTexts().failures
  if (code === 'other') return other
  const known: Record<string, string> = reasons
  return (Object.hasOwn(known, code) && known[code]) || code
}

function Examples({ of: { lastAt, examples } }: { of: Reason }) {
  const texts = adminTexts().failures
  return (
    <details class="folded">
      <summary>
        {texts.examples}{' '}
        <span class="soft">
          ({texts.last} <When at={lastAt} />)
        </span>
      </summary>
      <ul class="worker-list">
        {examples.map(({ jobId, ownerId, fileName, error, finishedAt }) => (
          <li key={jobId}>
            <strong>{fileName}</strong>{' '}
            <span class="soft">
              <When at={finishedAt} />
            </span>
            <br />
            {error}
            <br />
            <code>{jobId}</code>, <a href={`/admin/log?userId=${ownerId}`}>{adminTexts().people.person}</a>
          </li>
        ))}
      </ul>
    </details>
  )
}

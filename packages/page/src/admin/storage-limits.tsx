import { formatSpan } from '../texts/format-amounts.ts'
import { locale } from '../texts/locale.ts'
import { adminTexts } from './admin-texts.ts'
import { count, size } from './format.ts'
import type { StorageState } from './states.ts'

/** How long things are kept, and what one user may have. */
export function StorageLimits({ state: { retention, limits } }: { state: StorageState }) {
  const texts = adminTexts().storage
  const span = (seconds: number | null) => (seconds ? formatSpan(seconds, locale.value) : texts.forever)
  return (
    <>
      <h2 class="section-head">{texts.limits}</h2>
      <dl class="facts">
        <dt>{texts.source}</dt>
        <dd>{span(retention.sourceSeconds)}</dd>
        <dt>{texts.audio}</dt>
        <dd>{span(retention.audioSeconds)}</dd>
        <dt>{texts.job}</dt>
        <dd>{span(retention.jobSeconds)}</dd>
        <dt>{texts.orphan}</dt>
        <dd>{formatSpan(retention.orphanSeconds, locale.value)}</dd>
        <dt>{texts.maxUpload}</dt>
        <dd>{size(limits.maxUploadBytes)}</dd>
        <dt>{texts.maxStored}</dt>
        <dd>
          {limits.maxStoredBytesPerUser === null ? texts.unlimited : size(limits.maxStoredBytesPerUser)}
        </dd>
        <dt>{texts.maxJobs}</dt>
        <dd>{limits.maxOpenJobsPerUser === null ? texts.unlimited : count(limits.maxOpenJobsPerUser)}</dd>
        <dt>{texts.minFree}</dt>
        <dd>{size(limits.minFreeBytes)}</dd>
      </dl>
    </>
  )
}

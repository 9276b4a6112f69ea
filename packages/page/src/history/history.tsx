import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { signInFor } from '../account/return-path.ts'
import { service } from '../api/service.ts'
import { user } from '../api/session.ts'
import { View } from '../app/view.tsx'
import { FileRow } from '../files/file-row.tsx'
import { homeTexts } from '../home/home-texts.ts'
import type { Job } from '../jobs/job.ts'
import { archiveAddress, maxArchived } from '../jobs/job-actions.ts'
import { deletedJobs, jobs } from '../jobs/jobs.ts'
import { Busy } from '../look/busy.tsx'
import { Button } from '../look/button.tsx'
import { EmptyState } from '../look/empty-state.tsx'
import { Glyph } from '../look/glyph.tsx'
import { Loaded } from '../look/loaded.tsx'
import { Pager } from '../look/pager.tsx'
import { usePages } from '../look/use-pages.ts'
import { formatSpan } from '../texts/format-amounts.ts'
import { language } from '../texts/language.ts'
import { type Filter, isFiltered, listPath, readFilter } from './filter.ts'
import { FilterForm } from './filter-form.tsx'
import { historyTexts } from './history-texts.ts'
import './history.css'

/** All files of the user, newest first. */
export function History() {
  const texts = historyTexts()
  const { query, url, route } = useLocation()
  const isSignedOut = user.value === null
  useEffect(() => {
    if (isSignedOut) route(signInFor(url), true)
  }, [isSignedOut])
  const filter = readFilter(query)
  return (
    <View title={texts.title}>
      <Retention />
      <FilterForm key={url} filter={filter} />
      {user.value ? <Files filter={filter} /> : <Busy />}
    </View>
  )
}

function Files({ filter }: { filter: Filter }) {
  const texts = historyTexts()
  const pages = usePages(listPath(filter), ({ jobs }: { jobs: Job[]; next?: string }) => jobs)
  return (
    <Loaded from={pages}>
      {listed => {
        // What has happened since is known by the events.
        const shown = listed
          .filter(({ id }) => !deletedJobs.value.has(id))
          .map(job => jobs.value.get(job.id) ?? job)
        if (shown.length === 0 && !pages.hasMore) return <Nothing isFiltered={isFiltered(filter)} />
        return (
          <>
            <ListHead shown={shown} hasMore={pages.hasMore} />
            <ul class="files">
              {shown.map(job => (
                <FileRow key={job.id} job={job} />
              ))}
            </ul>
            {shown.length === 0 ? (
              // One request looks at a part of the list only.
              <div class="pager">
                <Button isBusy={pages.isLoadingMore} onClick={() => void pages.loadMore()}>
                  {texts.goOnSearching}
                </Button>
              </div>
            ) : (
              <Pager
                hasMore={pages.hasMore}
                isBusy={pages.isLoadingMore}
                onMore={() => void pages.loadMore()}
              />
            )}
          </>
        )
      }}
    </Loaded>
  )
}

function ListHead({ shown, hasMore }: { shown: Job[]; hasMore: boolean }) {
  const texts = historyTexts()
  const completed = shown.flatMap(({ id, state }) => (state === 'completed' ? [id] : []))
  const count = new Intl.NumberFormat(language.value).format(shown.length)
  return (
    <div class="list-head">
      <h2 class="soft history-count">
        {texts.found(shown.length, count)}
        {hasMore && '+'}
      </h2>
      {completed.length > 1 && (
        <span class="list-actions">
          <a class="button small" href={archiveAddress(completed)} download="">
            <Glyph name="download" />
            {homeTexts().files.zip(Math.min(completed.length, maxArchived))}
          </a>
        </span>
      )}
    </div>
  )
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  const texts = historyTexts()
  return (
    <EmptyState title={isFiltered ? texts.nothingTitle : texts.emptyTitle}>
      <p>{isFiltered ? texts.nothingText : texts.emptyText}</p>
      <a class="button primary" href={isFiltered ? '/history' : '/'}>
        {isFiltered ? texts.reset : texts.emptyLink}
      </a>
    </EmptyState>
  )
}

/** How long files are kept. */
function Retention() {
  const texts = historyTexts()
  const { retention } = service.value ?? {}
  if (!retention || user.value?.guest) return null
  const span = (seconds: number | null) => (seconds ? formatSpan(seconds, language.value) : undefined)
  const list = span(retention.jobSeconds)
  return (
    <p class="soft">
      {texts.kept(span(retention.audioSeconds), span(retention.sourceSeconds))}{' '}
      {list && retention.audioSeconds ? texts.keptList(list) : ''}
    </p>
  )
}

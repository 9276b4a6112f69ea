import { computed, effect } from '@preact/signals'
import { user } from '../api/session.ts'
import { titleNote } from '../app/title-note.ts'
import { describeJob, describeUpload } from '../files/describe-file.ts'
import { FileRow } from '../files/file-row.tsx'
import { fileTexts } from '../files/file-texts.ts'
import { isConnectionLost } from '../jobs/follow-jobs.ts'
import { archiveAddress, maxArchived } from '../jobs/job-actions.ts'
import { jobs } from '../jobs/jobs.ts'
import { Glyph } from '../look/glyph.tsx'
import { Notice } from '../look/notice.tsx'
import { formatPercent } from '../texts/format.ts'
import { language } from '../texts/language.ts'
import { uploadOfJob, uploads } from '../uploads/uploads.ts'
import { homeTexts } from './home-texts.ts'
import { NotifyButton } from './notify-button.tsx'
import { type FileEntry, isRunning, listFiles, totalsOf } from './rows.ts'

const entries = computed(() => listFiles(uploads.value.values(), jobs.value.values(), uploadOfJob))

/** What has run since the page was opened. */
const sessionKeys = new Set<string>()

const totals = computed(() => {
  for (const entry of entries.value) if (isRunning(entry)) sessionKeys.add(entry.key)
  return totalsOf(entries.value, sessionKeys, percentOf)
})

function percentOf({ job, upload }: FileEntry): number {
  const texts = fileTexts()
  const { percent = 0 } = job
    ? describeJob(job, texts, language.value)
    : upload
      ? describeUpload(upload, texts, language.value, String)
      : {}
  return percent
}

effect(() => {
  const { running, percent } = totals.value
  titleNote.value = running > 0 ? `${formatPercent(percent, language.value)} · ` : ''
})

/** The files of the user: those on their way, and the newest that are done. */
export function FileList() {
  const texts = homeTexts().files
  const numbers = new Intl.NumberFormat(language.value)
  const { running, done, all } = totals.value
  const completed = entries.value.flatMap(({ job }) => (job?.state === 'completed' ? [job.id] : []))
  if (!user.value && entries.value.length === 0) return null
  return (
    <section class="file-list" aria-labelledby="files-title">
      <div class="list-head">
        <h2 id="files-title">{texts.title}</h2>
        {running > 0 && (
          <span class="tag good numbers">{texts.progress(numbers.format(done), numbers.format(all))}</span>
        )}
        <span class="list-actions">
          {running > 0 && <NotifyButton />}
          {completed.length > 1 && (
            <a class="button small" href={archiveAddress(completed)} download="">
              <Glyph name="download" />
              {texts.zip(Math.min(completed.length, maxArchived))}
            </a>
          )}
        </span>
      </div>
      {isConnectionLost.value && (
        <Notice kind="warning">
          <p>{texts.lost}</p>
        </Notice>
      )}
      {entries.value.length === 0 ? (
        <p class="soft">{texts.empty}</p>
      ) : (
        <ul class="files">
          {entries.value.map(({ key, upload, job }) => (
            <FileRow key={key} upload={upload} job={job} />
          ))}
        </ul>
      )}
      {jobs.value.size > 0 && (
        <p class="list-more">
          <a href="/history">{texts.all}</a>
        </p>
      )}
    </section>
  )
}

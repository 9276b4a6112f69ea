import { service } from '../api/service.ts'
import { user } from '../api/session.ts'
import type { Job } from '../jobs/job.ts'
import { Glyph, type GlyphName } from '../look/glyph.tsx'
import { formatDate, formatLength, formatTime } from '../texts/format.ts'
import { formatBytes } from '../texts/format-amounts.ts'
import { language } from '../texts/language.ts'
import { locale as region } from '../texts/locale.ts'
import type { Upload } from '../uploads/upload-record.ts'
import { type Description, describeJob, describeUpload, describeWarning } from './describe-file.ts'
import { fileTexts } from './file-texts.ts'
import { JobActions } from './job-actions.tsx'
import { keptUntil } from './kept-until.ts'
import { Player } from './player.tsx'
import { UploadActions } from './upload-actions.tsx'
import { usePlace } from './use-place.ts'
import { wordRefusal } from './word-refusal.ts'
import './file-row.css'

/** A file on its way to audio: what happens to it, and what can be done with it. */
export function FileRow({ upload, job }: { upload?: Upload | undefined; job?: Job | undefined }) {
  const texts = fileTexts()
  const locale = language.value
  if (job) return <JobRow job={job} />
  if (!upload) return null
  const description = describeUpload(upload, texts, locale, wordRefusal(upload.record))
  return (
    <Row name={upload.record.fileName} description={description}>
      <UploadActions upload={upload} />
    </Row>
  )
}

function JobRow({ job }: { job: Job }) {
  const place = usePlace(job, !job.waitingForUs)
  return (
    <Row name={job.fileName} description={describeJob(job, fileTexts(), language.value, place)}>
      <JobFacts job={job} />
      <JobActions job={job} />
      <Player job={job} />
    </Row>
  )
}

const glyphs: Record<Description['kind'], GlyphName> = {
  running: 'drop',
  waiting: 'file',
  attention: 'warning',
  done: 'done',
  failed: 'warning',
  over: 'cancel',
}

interface RowProps {
  name: string
  description: Description
  children: preact.ComponentChildren
}

function Row({ name, description, children }: RowProps) {
  const { kind, text, percent } = description
  return (
    <li class={`file ${kind}`}>
      <span class="file-state">
        <Glyph name={glyphs[kind]} />
      </span>
      <h3 class="file-name">{name}</h3>
      <p class="file-text numbers">{text}</p>
      {percent !== undefined && (
        <progress class="bar" max={100} value={percent} aria-label={fileTexts().progress(name)} />
      )}
      {children}
    </li>
  )
}

/** What there is to know of a job beside its state. */
function JobFacts({ job }: { job: Job }) {
  const texts = fileTexts()
  const locale = region.value
  const { state, result, expired, sourceRemovedAt, finishedAt } = job
  if (state === 'expired' && expired)
    return <p class="file-facts">{texts.removedOn(formatDate(expired.at, locale))}</p>
  const at = finishedAt && formatTime(finishedAt, locale)
  if (state === 'failed' || state === 'canceled')
    return (
      <p class="file-facts numbers">
        {[at, sourceRemovedAt && texts.sourceGone].filter(Boolean).join(' · ')}
      </p>
    )
  if (state !== 'completed' || !result) return null
  const end = keptUntil(job, {
    audioSeconds: service.value?.retention.audioSeconds,
    guestUntil: user.value?.expiresAt,
  })
  const facts = [
    at,
    result.format.toUpperCase(),
    formatLength(result.durationSeconds),
    formatBytes(result.sizeBytes, locale),
    end && texts.keptUntil(formatDate(end, locale)),
    result.track !== undefined &&
      result.tracks.length > 1 &&
      texts.track(nameTrack(result), String(result.tracks.length)),
    result.sameAs && texts.sameAs,
  ]
  return (
    <>
      <p class="file-facts numbers">{facts.filter(Boolean).join(' · ')}</p>
      {result.warnings.length > 0 && (
        <div class="file-warnings">
          <Glyph name="warning" size={18} />
          <ul aria-label={texts.warnings(result.warnings.length)}>
            {result.warnings.map(warning => (
              <li key={warning.text}>{describeWarning(warning, language.value)}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

/** `2 (Deutsch)` */
function nameTrack({ track, tracks }: NonNullable<Job['result']>): string {
  const { language: code, title } = tracks.find(({ number }) => number === track) ?? {}
  const name = title ?? (code && nameLanguage(code))
  return name ? `${track} (${name})` : String(track)
}

function nameLanguage(code: string): string {
  try {
    return new Intl.DisplayNames(language.value, { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}

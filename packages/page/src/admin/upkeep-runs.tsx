import { type Column, Records } from '../look/records.tsx'
import { When } from '../look/when.tsx'
import { formatMs } from '../texts/format-amounts.ts'
import { locale } from '../texts/locale.ts'
import { adminTexts } from './admin-texts.ts'
import { count, size } from './format.ts'
import type { StorageState } from './states.ts'

type Run = StorageState['upkeep']['runs'][number]
type Report = NonNullable<Run['report']>

/** What the last runs of the upkeep did. */
export function UpkeepRuns({ runs }: { runs: readonly Run[] }) {
  const texts = adminTexts().storage
  if (runs.length === 0) return <p class="soft">{texts.noRuns}</p>
  const columns: Column<Run>[] = [
    { name: texts.at, cell: ({ at }) => <When at={at} /> },
    { name: texts.result, cell: run => <Result of={run} /> },
    {
      name: texts.took,
      isNumber: true,
      cell: ({ report }) => report && formatMs(report.tookMs, locale.value),
    },
    { name: texts.removed, cell: ({ report }) => report && removedText(report) },
    { name: texts.freed, isNumber: true, cell: ({ report }) => report && size(freedBytes(report)) },
    { name: texts.orphans, cell: ({ report }) => report && orphansText(report) },
  ]
  return <Records caption={texts.runs} columns={columns} rows={runs} keyOf={({ at }) => at} />
}

function Result({ of: { state, report, requested, error } }: { of: Run }) {
  const texts = adminTexts().storage
  const isWhole = state === 'completed' && report?.isComplete !== false
  const text = state === 'failed' ? texts.failedRun : isWhole ? texts.ok : texts.broken
  return (
    <>
      <span class={`tag ${isWhole ? 'good' : 'bad'}`}>{text}</span>
      {requested && <span class="record-note">{texts.byOperator}</span>}
      {error && <span class="record-note">{error}</span>}
    </>
  )
}

function removedText({ sources, audios, jobs }: Report): string {
  return adminTexts().storage.removedText(count(sources.count), count(audios.count), count(jobs))
}

function freedBytes({ sources, audios, orphans }: Report): number {
  return sources.sizeBytes + audios.sizeBytes + orphans.audios.sizeBytes
}

function orphansText({ orphans }: Report): string {
  const removed = orphans.audios.count + orphans.records + orphans.unfinished
  return adminTexts().storage.orphansText(count(orphans.adoptedVideos), count(removed))
}
